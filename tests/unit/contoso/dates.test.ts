import { expect, test } from 'vitest';
import { dayOf, daysBetween, newestFirst } from '#platform/dates';

test('a day is the day in UTC', () => {
  expect(dayOf(new Date('2026-03-15T23:59:59.999Z'))).toBe('2026-03-15');
  expect(dayOf(new Date('2026-03-15T23:30:00-02:00'))).toBe('2026-03-16');
});

test('days are counted over leap days and across clock changes', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
});

test('newest first, and of one moment the highest id first; the input stays as it is', () => {
  const records = [
    { id: 1, on: '2026-01-01' },
    { id: 2, on: '2026-03-01' },
    { id: 3, on: '2026-01-01' },
  ];
  const sorted = newestFirst(
    records,
    (record) => record.on,
    (record) => record.id,
  );
  expect(sorted.map((record) => record.id)).toEqual([2, 3, 1]);
  expect(records.map((record) => record.id)).toEqual([1, 2, 3]);
});
