import { expect, it } from 'vitest';
import { npmRun } from '../../support/run.ts';

/** All of them take minutes; every fifteenth takes seconds. */
it('notices when an element of the policies is gone', async () => {
  const { code, output } = await npmRun('mutate:policies', ['--every', '15']);
  expect(output).not.toContain('nothing notices that it is gone');
  expect(output).toMatch(/^(\d\d) of \1 elements are noticed/m);
  expect(code).toBe(0);
}, 120_000);
