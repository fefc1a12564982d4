import { counted } from '#platform/counted';
import type { EvalResult } from './run.ts';

/** One case on one line, and what is wrong with it below. */
export function reportLine({ name, problems, toolCalls, seconds, tokens }: EvalResult): string {
  const mark = problems.length === 0 ? 'pass' : 'FAIL';
  const numbers = [
    counted(toolCalls, 'call').padStart(9),
    counted(tokens, 'token').padStart(13),
    `${seconds.toFixed(1)} s`.padStart(7),
  ];
  return [`${mark}  ${numbers.join('  ')}  ${name}`, ...problems.map((problem) => `        ${problem}`)].join(
    '\n',
  );
}

/** How many passed, by the word with which the names of cases begin, and in all. */
export function summary(results: readonly EvalResult[]): string {
  const groups = new Map<string, EvalResult[]>();
  for (const result of results) {
    const group = /^[a-z -]+/i.exec(result.name)?.[0].trim() ?? 'other';
    groups.set(group, [...(groups.get(group) ?? []), result]);
  }
  const models = [...new Set(results.flatMap(({ answers }) => answers.map(({ model }) => model)))];
  return [
    ...[...groups].map(([group, members]) => `${group.padEnd(20)} ${score(members)}`),
    `${'all'.padEnd(20)} ${score(results)}`,
    `answered by ${models.join(', ') || 'nobody'}`,
  ].join('\n');
}

function score(results: readonly EvalResult[]): string {
  const passed = results.filter(({ problems }) => problems.length === 0).length;
  return `${passed} of ${results.length} passed`;
}
