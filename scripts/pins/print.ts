import { type PinChange, titleOf } from './changes.ts';
import { wordsOf } from './words.ts';

/** A change for a person to read: what it is about, then a line for each field. */
export function linesOf(change: PinChange): readonly string[] {
  const { before, after, differences } = change;
  if (before === undefined) {
    return [`${titleOf(change)}: is new`];
  }
  if (after === undefined) {
    return [`${titleOf(change)}: is gone`];
  }
  return [titleOf(change), ...differences.map((one) => `  ${wordsOf(one)}`)];
}
