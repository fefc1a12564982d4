import { beforeAll, expect, test } from 'vitest';
import { getPromotions } from '#contoso/tools/catalog/get-promotions';
import { InvalidInput } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows every promotion and where it stands today', async () => {
  const { promotions } = await company.ask(getPromotions, {});
  expect(promotions.map((one) => [one.name, one.status])).toEqual([
    ['Spring', 'running'],
    ['Gold Ninety', 'running'],
    ['Summer', 'upcoming'],
    ['Winter', 'expired'],
    ['Silver Only', 'running'],
  ]);
  expect(getPromotions.summary({ promotions })).toBe('5 promotions: 3 running, 1 upcoming, 1 expired.');
});

test('refuses arguments', async () => {
  expect(await company.refusal(getPromotions, { status: 'running' })).toBeInstanceOf(InvalidInput);
});
