import { expect, it } from 'vitest';
import { npmRun } from '../support/run.ts';

it('the command finds an order for what a few callers were answered', async () => {
  const { code, output } = await npmRun('linearizable', ['--calls', '100', '--seed', '3']);
  expect(output).toMatch(/^Seed 3$/m);
  expect(output).toMatch(/^(?:9\d|100) calls, \d+ of them without an answer, 0 customers without an order$/m);
  expect(code).toBe(0);
}, 300_000);
