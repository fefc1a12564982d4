import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountFilter } from '#contoso/stores/account-rows';
import type { AccountPart } from '#contoso/stores/tenant-store';

const allParts: AccountPart[] = [
  'profile',
  'subscription',
  'invoice',
  'payment',
  'order',
  'ticket',
  'securityEvent',
  'incident',
];

test('one kind is one range in one partition', () => {
  expect(accountFilter(7, ['invoice'], undefined)).toBe(
    "PartitionKey eq '0000000007' and ((RowKey ge 'invoice:' and RowKey lt 'invoice;'))",
  );
});

test('neighbours in key order share a range', () => {
  expect(accountFilter(7, ['payment', 'order'], undefined)).toContain(
    "(RowKey ge 'order:' and RowKey lt 'payment;')",
  );
});

test('receipts are never read along with other kinds', () => {
  const filter = accountFilter(7, allParts, undefined);
  expect(filter).toContain("RowKey lt 'profile;'");
  expect(filter).toContain("RowKey ge 'securityEvent:'");
});

test('no choice of parts needs more than the 15 comparisons that Table Storage allows', () => {
  fc.assert(
    fc.property(fc.subarray(allParts, { minLength: 1 }), (parts) => {
      const comparisons = accountFilter(7, parts, 'key').match(/ (eq|ge|lt) /g) ?? [];
      expect(comparisons.length).toBeLessThanOrEqual(15);
    }),
  );
});

test('asking for nothing at all is a mistake', () => {
  expect(() => accountFilter(7, [], undefined)).toThrow(RangeError);
});
