import { expect, test } from 'vitest';
import { lateFee } from '#contoso/rules/late-fee';

test.each([
  ['the grace period is free', 89.25, 10, 0],
  ['the least fee from day 11', 89.25, 11, 5],
  ['5 % when that is more', 184, 40, 9.2],
  ['half a cent is rounded', 100.1, 30, 5.01],
  ['less than 10.00 is free', 9.99, 40, 0],
  ['10.00 is not', 10, 40, 5],
])('%s', (_what, overdue, days, fee) => {
  expect(lateFee(overdue, days)).toBe(fee);
});
