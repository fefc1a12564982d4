import { expect } from 'vitest';
import type { Ended } from '../support/run.ts';

/** Seconds that even a busy machine does not need. */
export const timeoutMs = 120_000;

export function expectSentence({ output }: Ended): void {
  expect(output).not.toMatch(/^\s+at /m);
  expect(output).not.toMatch(/^node:/m);
}

export function expectOneHelpfulMessage({ code, output }: Ended, message: RegExp, exitCode = 1): void {
  expect(output).toMatch(message);
  expect(output).not.toMatch(/^\s+at /m);
  expect(code).toBe(exitCode);
}
