import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceStatuses, speedTiers, subscriptionStatuses } from '#contoso/rules/model';
import { type SubscriptionUpdate, updateSubscription } from '#contoso/rules/subscriptions';
import { InvalidInput } from '#platform/errors';
import { smallDataset } from '../../support/small-dataset.ts';
import { aSubscription } from '../../support/small-records.ts';

const { products } = smallDataset;
const current = aSubscription();

const anyUpdate = fc.record(
  {
    roaming_enabled: fc.boolean(),
    status: fc.constantFrom(...subscriptionStatuses),
    service_status: fc.constantFrom(...serviceStatuses),
    product_id: fc.constantFrom(1, 2, 3),
    start_date: fc.constantFrom('2025-01-01', '2025-06-01'),
    end_date: fc.constantFrom('2026-05-31', '2027-05-31'),
    autopay_enabled: fc.boolean(),
    speed_tier: fc.constantFrom(...speedTiers),
    data_cap_gb: fc.constantFrom(10, 20, null),
  },
  { requiredKeys: [] },
);

test('what was asked for is so afterwards, and nothing else is different', () => {
  fc.assert(
    fc.property(anyUpdate, (update) => {
      fc.pre(Object.keys(update).length > 0);
      expect(updateSubscription(current, update, products).subscription).toEqual({ ...current, ...update });
    }),
  );
});

test('updated fields are those that differ; the same update again changes nothing', () => {
  fc.assert(
    fc.property(anyUpdate, (update) => {
      fc.pre(Object.keys(update).length > 0);
      const { subscription, updatedFields } = updateSubscription(current, update, products);
      for (const [field, value] of Object.entries(current)) {
        const differs = subscription[field as keyof typeof subscription] !== value;
        expect(updatedFields.includes(field as never)).toBe(differs);
      }
      expect(updateSubscription(subscription, update, products).updatedFields).toEqual([]);
    }),
  );
});

test('fields that are not on the list are never taken over', () => {
  const hostile = { roaming_enabled: true, customer_id: 2, subscription_id: 99 } as SubscriptionUpdate;
  expect(updateSubscription(current, hostile, products).subscription).toEqual({
    ...current,
    roaming_enabled: true,
  });
});

test.each([
  ['nothing', {}],
  ['only undefined', { status: undefined }],
  ['an end before the start', { end_date: '2025-05-31' }],
  ['an end on the day of the start', { end_date: '2025-06-01' }],
  ['a start after the end', { start_date: '2026-06-01' }],
  ['an unknown product', { product_id: 99 }],
  ['an add-on as a plan', { product_id: 4 }],
])('%s is refused', (_case, update) => {
  expect(() => updateSubscription(current, update, products)).toThrow(InvalidInput);
});

test('unlimited data is null and differs from a cap', () => {
  expect(updateSubscription(current, { data_cap_gb: null }, []).updatedFields).toEqual(['data_cap_gb']);
});
