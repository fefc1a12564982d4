import { breaks, breaksClients } from './breaking.ts';
import { type PinChange, titleOf } from './changes.ts';
import { wordsOf } from './words.ts';

/** What has changed since, as a list that reads as text and as Markdown. */
export function summaryOf(changes: readonly PinChange[], base: string): string {
  if (changes.length === 0) {
    return `Since ${base} clients see no difference.`;
  }
  const breaking = changes.filter(breaksClients).length;
  return [
    `Since ${base}: ${changes.length} changed, ${breaking === 0 ? 'none of them breaks clients' : `${breaking} of them may break clients`}.`,
    '',
    ...changes.flatMap(linesOf),
  ].join('\n');
}

const mark = (isBreaking: boolean) => (isBreaking ? '**breaks clients** ' : '');

function linesOf(change: PinChange): string[] {
  const { before, after, differences } = change;
  const title = titleOf(change);
  if (before === undefined) {
    return [`- ${title}: is new`];
  }
  if (after === undefined) {
    return [`- ${mark(true)}${title}: is gone`];
  }
  return [`- ${title}`, ...differences.map((one) => `  - ${mark(breaks(after.kind, one))}${wordsOf(one)}`)];
}
