import { counted } from '#platform/counted';
import { type Compared, isUnexplained } from './compare.ts';

/** How much of a body is shown. */
const shownLength = 200;

/** What a person reads of one row: how the hosts compare, and each difference on a line of its own. */
export function linesOf(compared: Compared): readonly string[] {
  const { row, real, differences } = compared;
  const verdict = differences.length === 0 ? 'same' : isUnexplained(compared) ? 'DIFFERENT' : 'decided';
  return [
    `${verdict.padEnd(10)}${row.name}: ${real}`,
    ...differences.flatMap(({ part, real: there, local: here, why }) => [
      `${' '.repeat(12)}${part}${why === undefined ? '' : `, because ${why}`}`,
      `${' '.repeat(14)}real   ${shown(there)}`,
      `${' '.repeat(14)}local  ${shown(here)}`,
    ]),
  ];
}

/** For example `74 of 78 the same, 3 different as decided, 1 different without a reason, 5 not asked`. */
export function countsOf(all: readonly Compared[], notAsked: number): string {
  const differing = all.filter(({ differences }) => differences.length > 0);
  const unexplained = differing.filter(isUnexplained).length;
  return [
    `${all.length - differing.length} of ${all.length} the same`,
    `${differing.length - unexplained} different as decided`,
    `${unexplained} different without a reason`,
    `${notAsked} not asked`,
  ].join(', ');
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= shownLength
    ? line
    : `${line.slice(0, shownLength)}… (${counted(text.length, 'character')})`;
}
