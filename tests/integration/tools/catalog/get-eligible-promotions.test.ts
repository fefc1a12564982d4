import { beforeAll, expect, test } from 'vitest';
import { getEligiblePromotions } from '#contoso/tools/catalog/get-eligible-promotions';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows what the customer can have today, and why not the rest', async () => {
  const { promotions, not_eligible } = await company.ask(getEligiblePromotions, { customer_id: 1 });
  expect(promotions.map((one) => one.name)).toEqual(['Spring', 'Gold Ninety']);
  expect(not_eligible).toEqual([
    {
      promotion_id: 3,
      name: 'Summer',
      reason: 'It has not started; it runs from 2026-06-01 to 2026-08-31.',
    },
    { promotion_id: 4, name: 'Winter', reason: 'It ended on 2026-02-28.' },
    {
      promotion_id: 5,
      name: 'Silver Only',
      reason: "It is for loyalty level Silver; the customer's level is Gold.",
    },
  ]);
});

test('another customer can have others', async () => {
  const { promotions } = await company.ask(getEligiblePromotions, { customer_id: 3 });
  expect(promotions.map((one) => one.name)).toEqual(['Spring', 'Silver Only']);
});

test('an unknown customer is not found', async () => {
  expect(await company.refusal(getEligiblePromotions, { customer_id: 4 })).toBeInstanceOf(NotFound);
});

test('refuses null as an id', async () => {
  const error = await company.refusal(getEligiblePromotions, { customer_id: null });
  expect(error).toBeInstanceOf(InvalidInput);
});
