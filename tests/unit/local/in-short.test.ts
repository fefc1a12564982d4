import { expect, it } from 'vitest';
import { inShort } from '../../support/in-short.ts';

it('is the first line that says something', () => {
  expect(inShort(new Error('\n \n\u001b[31mIt is wrong.\u001b[39m\n'))).toBe('It is wrong.');
});

it('has the last lines of what a command printed', () => {
  const printed = Array.from({ length: 40 }, (_, line) => `  line ${line}`).join('\n');
  const { message } = new Error(`\n> npm run it\n${printed}\nIt failed: because.\n: expected 1 to be +0`);
  expect(inShort({ message }).split('\n')).toEqual([
    '> npm run it',
    '  …',
    ...[34, 35, 36, 37, 38, 39].map((line) => `  line ${line}`),
    '  It failed: because.',
    '  : expected 1 to be +0',
  ]);
});

it('shows of a very long line its beginning, and tells of what says nothing', () => {
  expect(inShort('x'.repeat(10_000))).toHaveLength(300);
  expect(inShort(new Error(''))).toBe('it has no message');
});
