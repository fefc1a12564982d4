import { beforeAll, expect, test } from 'vitest';
import { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

const march = { subscription_id: 11, start_date: '2026-03-01', end_date: '2026-03-31' };

test('shows the days, oldest first, and no totals', async () => {
  const { records, totals } = await company.ask(getDataUsage, march);
  expect(records.map((one) => [one.usage_date, one.data_used_mb])).toEqual([
    ['2026-03-01', 100.5],
    ['2026-03-02', 201],
    ['2026-03-03', 301.5],
  ]);
  expect(totals).toBeNull();
});

test('shows the totals and no days when asked to aggregate', async () => {
  expect(await company.ask(getDataUsage, { ...march, aggregate: true })).toEqual({
    records: [],
    totals: { data_used_mb: 603, voice_minutes: 60, sms_count: 6, days: 3 },
  });
});

test('both ends belong to the range', async () => {
  const range = { subscription_id: 11, start_date: '2026-03-02', end_date: '2026-03-03' };
  expect((await company.ask(getDataUsage, range)).records).toHaveLength(2);
});

test('a range without usage is empty, in both forms', async () => {
  const range = { subscription_id: 11, start_date: '2020-01-01', end_date: '2020-01-31' };
  expect(await company.ask(getDataUsage, range)).toEqual({ records: [], totals: null });
  expect((await company.ask(getDataUsage, { ...range, aggregate: true })).totals?.days).toBe(0);
});

test('an unknown subscription is not found', async () => {
  const error = await company.refusal(getDataUsage, { ...march, subscription_id: 99 });
  expect(error).toBeInstanceOf(NotFound);
});

test.each([
  { start_date: '2026-04-01' },
  { end_date: '2027-03-02' },
  { start_date: '2026-02-30' },
  { end_date: 'tomorrow' },
  { aggregate: 'yes' },
])('refuses %j', async (wrong) => {
  expect(await company.refusal(getDataUsage, { ...march, ...wrong })).toBeInstanceOf(InvalidInput);
});
