import { UsageError } from './usage-error.ts';

/**
 * The port that an option names; 0 takes a free one.
 * @throws UsageError when it is none
 */
export function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new UsageError(`--port is "${text}"; it must be a whole number from 0 to 65535.`);
  }
  return port;
}
