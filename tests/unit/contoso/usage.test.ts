import { expect, test } from 'vitest';
import { checkUsageRange, usageTotals } from '#contoso/rules/usage';
import { InvalidInput } from '#platform/errors';
import { smallDataset } from '../../support/small-dataset.ts';

test('totals are the sum over the days', () => {
  expect(usageTotals(smallDataset.usage)).toEqual({
    data_used_mb: 603,
    voice_minutes: 60,
    sms_count: 6,
    days: 3,
  });
});

test('no days are all zero', () => {
  expect(usageTotals([])).toEqual({ data_used_mb: 0, voice_minutes: 0, sms_count: 0, days: 0 });
});

test('one day and a leap year are ranges; a day more, or an end before the start, is not', () => {
  expect(() => checkUsageRange('2026-03-01', '2026-03-01')).not.toThrow();
  expect(() => checkUsageRange('2024-01-01', '2024-12-31')).not.toThrow();
  expect(() => checkUsageRange('2024-01-01', '2025-01-01')).toThrow(InvalidInput);
  expect(() => checkUsageRange('2026-03-02', '2026-03-01')).toThrow(InvalidInput);
});

test('megabytes are added without the noise of binary fractions', () => {
  const days = [0.1, 0.2].map((data_used_mb) => ({
    usage_date: '2026-03-01',
    data_used_mb,
    voice_minutes: 0,
    sms_count: 0,
  }));
  expect(usageTotals(days).data_used_mb).toBe(0.3);
});
