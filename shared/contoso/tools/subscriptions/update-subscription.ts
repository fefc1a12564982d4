import * as z from 'zod';
import { digestOf } from '#platform/idempotency';
import { date, flag, id, integerOr, oneOf } from '#platform/mcp/definitions/inputs';
import { defineTool } from '../../define.ts';
import { figures } from '../../labels.ts';
import { serviceStatuses, speedTiers, subscription, subscriptionStatuses } from '../../rules/model.ts';
import {
  updateSubscription as applyUpdate,
  type SubscriptionUpdate,
  updatableFields,
} from '../../rules/subscriptions.ts';
import type { Change } from '../../stores/tenant-store.ts';
import {
  changeAccount,
  firstAnswer,
  hasReceipt,
  idempotencyKey,
  receiptFor,
  receiptKeyOf,
  replacingWrite,
} from '../changes.ts';
import { noSubscription, ownerOfSubscription } from '../lookups.ts';

/** For having no cap, which the record has as null. */
const unlimited = 'unlimited';

const update = z
  .strictObject(
    {
      roaming_enabled: flag('Whether the subscription works abroad.').optional(),
      status: oneOf(subscriptionStatuses, 'inactive suspends the subscription.').optional(),
      service_status: oneOf(serviceStatuses, 'How well the service works.').optional(),
      product_id: id('Another plan; get_products lists them.').optional(),
      start_date: date('First day, YYYY-MM-DD.').optional(),
      end_date: date('Last day, YYYY-MM-DD; after the start_date.').optional(),
      autopay_enabled: flag('Whether invoices are paid automatically.').optional(),
      speed_tier: oneOf(speedTiers, 'Speed of the line.').optional(),
      data_cap_gb: integerOr(
        unlimited,
        1,
        100_000,
        `GB in a billing cycle of 30 days; "${unlimited}" lifts the cap.`,
      ).optional(),
    },
    {
      error: (issue) =>
        issue.code === 'invalid_type' ? 'must be an object with the fields to change' : undefined,
    },
  )
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
    error: `must name at least one of ${updatableFields.join(', ')}; null is as good as leaving a field out, and data_cap_gb "${unlimited}" lifts the cap`,
  })
  .meta({
    description: 'The new values; fields that are left out, or null, stay as they are.',
    minProperties: 1,
  });

const output = z.object({
  subscription_id: subscription.shape.subscription_id,
  updated_fields: z.array(z.enum(updatableFields)),
  subscription: subscription.describe('The subscription as it is now.'),
});

export const updateSubscription = defineTool({
  name: 'update_subscription',
  title: 'Change a subscription',
  description:
    'Changes the named fields of a subscription, all of them or none: roaming, status, plan, dates, autopay, speed or data cap. Use it after the customer has agreed. updated_fields lists what is different now; a field that had the value already is not in it. To read a subscription call get_subscription_detail; for product ids call get_products. Give an idempotency_key so that a repeated call does not undo what somebody changed in between.',
  permission: 'subscriptions.write',
  progress: 'Asking for a change of the subscription',
  annotations: replacingWrite,
  labels: figures,
  input: z.strictObject({
    subscription_id: id('The subscription; get_customer_detail lists them.'),
    update,
    idempotency_key: idempotencyKey,
  }),
  output,
  example: ({ subscription, otherProduct }) => {
    const held = subscription();
    const update = { roaming_enabled: !held.roaming_enabled, product_id: otherProduct(held).product_id };
    return { subscription_id: held.subscription_id, update };
  },
  async isRepetition({ subscription_id, idempotency_key }, call) {
    const key = receiptKeyOf(call, idempotency_key);
    const customerId = await ownerOfSubscription(call, subscription_id);
    return hasReceipt(call, async () => ({
      account: await call.store.accounts.load(customerId, ['subscription'], key),
    }));
  },
  async handler({ subscription_id, update: asked, idempotency_key }, call) {
    const key = receiptKeyOf(call, idempotency_key);
    const digest = digestOf('update_subscription', { subscription_id, update: asked });
    const customerId = await ownerOfSubscription(call, subscription_id);
    const products = asked.product_id === undefined ? [] : await call.store.catalog.products();
    return changeAccount(async () => {
      const account = await call.store.accounts.load(customerId, ['subscription'], key);
      if (account.receipt !== undefined) {
        return output.parse(firstAnswer(account.receipt, digest));
      }
      const row = account.subscription.find(({ value }) => value.subscription_id === subscription_id);
      if (row === undefined) {
        return noSubscription(subscription_id);
      }
      const updated = applyUpdate(row.value, valuesOf(asked), products);
      const answer = {
        subscription_id,
        updated_fields: updated.updatedFields,
        subscription: updated.subscription,
      };
      const changes: Change[] = receiptFor(key, digest, answer);
      if (updated.updatedFields.length > 0) {
        changes.push({ replace: 'subscription', value: updated.subscription, etag: row.etag });
      }
      if (changes.length > 0) {
        await call.store.accounts.commit(customerId, changes);
      }
      return answer;
    });
  },
  summary({ subscription_id, updated_fields }) {
    return updated_fields.length === 0
      ? `Subscription ${subscription_id} had these values already; nothing was changed.`
      : `Subscription ${subscription_id}: changed ${updated_fields.join(', ')}.`;
  },
});

/** The values as a record has them. */
function valuesOf({ data_cap_gb: cap, ...rest }: z.output<typeof update>): SubscriptionUpdate {
  return { ...rest, ...(cap !== undefined && { data_cap_gb: cap === unlimited ? null : cap }) };
}
