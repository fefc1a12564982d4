import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { linesOf, totalsIn, withOtherRuns } from '../../support/test-totals.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'totals-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

it('counts all runs that named the file, in whatever order they end, with the names of what failed', () => {
  const file = path.join(dir, 'totals');
  const one = { passed: 18, failed: 1, skipped: 0, failures: ['one.test.ts > is right: it is not'] };
  const other = { passed: 3, failed: 1, skipped: 2, failures: ['other.test.ts > ends: it does not'] };
  expect(withOtherRuns(file, one)).toEqual(one);
  expect(withOtherRuns(file, other)).toEqual({
    passed: 21,
    failed: 2,
    skipped: 2,
    failures: ['one.test.ts > is right: it is not', 'other.test.ts > ends: it does not'],
  });
});

it('tells what failed, and how many, in the last line', () => {
  const file = path.join(dir, 'totals');
  withOtherRuns(file, { passed: 18, failed: 1, skipped: 0, failures: ['one.test.ts > is right: it is not'] });
  const last = withOtherRuns(file, { passed: 3, failed: 0, skipped: 0, failures: [] });
  expect(totalsIn(file)).toEqual(last);
  expect(linesOf(last)).toEqual(['failed: one.test.ts > is right: it is not', '21 passed, 1 failed']);
  expect(linesOf({ ...last, failures: [], skipped: 2 })).toEqual(['21 passed, 1 failed, 2 skipped']);
});
