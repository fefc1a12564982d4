import { expect, it } from 'vitest';
import { npmRun } from '../support/run.ts';

/** All of them take minutes; every fifteenth element and all orders take seconds. */
it('notices when an element of the policies is gone, and when those that refuse calls stand in another order', async () => {
  const { code, output } = await npmRun('mutate:policies', ['--every', '15', '--orders']);
  expect(output).not.toContain('nothing notices');
  expect(output).toMatch(/^([1-9]\d*) of \1 changes of the policies are noticed/m);
  expect(code).toBe(0);
}, 900_000);
