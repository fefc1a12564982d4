import { visible } from '../../format-controls.ts';

/** Characters of the longest name that is shown. */
const longestName = 60;

/** A name as a stranger gives it, fit to be shown: one line, nothing in it that is not seen. Empty without one. */
export function clientName(given: unknown): string {
  if (typeof given !== 'string') {
    return '';
  }
  const shown = visible(given.slice(0, 4 * longestName))
    .replace(/\s+/g, ' ')
    .trim();
  return shown.length > longestName ? `${shown.slice(0, longestName - 1)}…` : shown;
}
