import { expect, it } from 'vitest';
import { npmRun } from '../support/run.ts';

/** All of them take minutes; every fifteenth takes seconds. */
it.each([
  ['an element of the policies is gone', ['--every', '15']],
  ['policies that refuse calls stand in another order', ['--orders']],
])(
  'notices when %s',
  async (_, options) => {
    const { code, output } = await npmRun('mutate:policies', options);
    expect(output).not.toContain('nothing notices');
    expect(output).toMatch(/^([1-9]\d*) of \1 changes of the policies are noticed/m);
    expect(code).toBe(0);
  },
  300_000,
);
