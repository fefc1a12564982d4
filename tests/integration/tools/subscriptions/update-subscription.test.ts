import { beforeEach, expect, test } from 'vitest';
import { getAllCustomers } from '#contoso/tools/customers/get-all-customers';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { updateSubscription } from '#contoso/tools/subscriptions/update-subscription';
import { InvalidInput, NotFound } from '#platform/errors';
import { aSubscription } from '#tests/support/small-records';
import { type Company, mostWithIndex, openCompany } from '../company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});

test('changes the named fields and leaves the others', async () => {
  const update = { roaming_enabled: true, data_cap_gb: 'unlimited', product_id: '3', speed_tier: '1Gbps' };
  const result = await company.ask(updateSubscription, { subscription_id: 11, update }, mostWithIndex);
  expect(result).toEqual({
    subscription_id: 11,
    updated_fields: ['roaming_enabled', 'product_id', 'speed_tier', 'data_cap_gb'],
    subscription: aSubscription({
      roaming_enabled: true,
      data_cap_gb: null,
      product_id: 3,
      speed_tier: '1Gbps',
    }),
  });
  expect(await company.ask(getSubscriptionDetail, { subscription_id: 11 })).toMatchObject(
    result.subscription,
  );
});

test('of a customer who changes the plan, the new one finds them at once, and the old one does not', async () => {
  const found = async (plan: string) =>
    (await company.ask(getAllCustomers, { search: `plan: ${plan}` })).customers.map((one) => one.customer_id);
  expect(await found('mobile')).toEqual([1]);
  const update = { product_id: 2 };
  await company.ask(updateSubscription, { subscription_id: 11, update }, mostWithIndex);
  expect(await found('mobile')).toEqual([]);
  expect(await found('internet')).toEqual([1, 2]);
});

test('what is so already is no change, and nothing is written for it', async () => {
  const before = await company.contents();
  const result = await company.ask(updateSubscription, {
    subscription_id: 11,
    update: { status: 'active', roaming_enabled: false },
  });
  expect(result).toMatchObject({ updated_fields: [], subscription: aSubscription() });
  expect(updateSubscription.summary(result)).toBe(
    'Subscription 11 had these values already; nothing was changed.',
  );
  expect(await company.contents()).toEqual(before);
});

test('a change of the dates is checked against the date that stays', async () => {
  const error = await company.refusal(updateSubscription, {
    subscription_id: 11,
    update: { end_date: '2025-05-31' },
  });
  expect(error).toEqual(
    new InvalidInput(
      'The subscription would run from 2025-06-01 to 2025-05-31; choose an end_date after the start_date.',
    ),
  );
});

test.each([
  ['nothing', {}],
  ['an unknown field', { monthly_fee: 1 }],
  ['the owner', { customer_id: 2 }],
  ['a prototype', JSON.parse('{"__proto__": {"status": "inactive"}}')],
  ['an unknown product', { product_id: 99 }],
  ['an add-on as a plan', { product_id: 4 }],
  ['a number for a switch', { roaming_enabled: 1 }],
  ['an unknown status', { status: 'gone' }],
  ['a date that is none', { end_date: '2026-02-30' }],
  ['a data cap of zero', { data_cap_gb: 0 }],
  ['null for no data cap', { data_cap_gb: null }],
  ['another word for no data cap', { data_cap_gb: 'none' }],
  ['a good field and a bad one', { status: 'inactive', speed_tier: '1Tbps' }],
  ['no object', 'status=inactive'],
])('refuses %s', async (_case, update) => {
  const error = await company.refusal(updateSubscription, { subscription_id: 11, update });
  expect(error).toBeInstanceOf(InvalidInput);
});

test('an unknown subscription is not found', async () => {
  const error = await company.refusal(updateSubscription, {
    subscription_id: 99,
    update: { status: 'inactive' },
  });
  expect(error).toBeInstanceOf(NotFound);
});

test('changes of different fields at the same time are all kept', async () => {
  const updates = [
    { roaming_enabled: true },
    { autopay_enabled: false },
    { speed_tier: '500Mbps' },
    { data_cap_gb: 50 },
    { service_status: 'slow' },
  ];
  await Promise.all(
    updates.map((update) => company.askInCrowd(updateSubscription, { subscription_id: 11, update })),
  );
  expect(await company.ask(getSubscriptionDetail, { subscription_id: 11 })).toMatchObject(
    Object.assign({}, ...updates),
  );
});
