import * as z from 'zod';
import { counted } from '#platform/counted';
import { dayOf } from '#platform/dates';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { promotion } from '../../rules/model.ts';
import { judgePromotions } from '../../rules/promotions.ts';
import { loadCustomer, values } from '../lookups.ts';

export const getEligiblePromotions = defineTool({
  name: 'get_eligible_promotions',
  title: 'Promotions for a customer',
  description:
    'Returns the promotions that a customer can have today, and for every other promotion the reason why not. Use it before you offer a promotion to somebody; for promotions in general call get_promotions.',
  permission: 'catalog.read',
  progress: 'Checking which promotions the customer can have',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({ customer_id: id('The customer.') }),
  output: z.object({
    promotions: z.array(promotion).describe('What the customer can have today.'),
    not_eligible: z.array(promotion.pick({ promotion_id: true, name: true }).extend({ reason: z.string() })),
  }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id }, call) {
    const [{ account, profile }, promotions] = await Promise.all([
      loadCustomer(call, customer_id, ['subscription']),
      call.store.catalog.promotions(),
    ]);
    const applicant = {
      loyalty_level: profile.value.loyalty_level,
      subscriptions: values(account.subscription),
    };
    const { eligible, notEligible } = judgePromotions(promotions, applicant, dayOf(call.now()));
    return { promotions: eligible, not_eligible: notEligible };
  },
  summary({ promotions, not_eligible }) {
    const names = promotions.map((record) => record.name).join(', ');
    const offer =
      promotions.length === 0
        ? 'No promotion is available'
        : `${counted(promotions.length, 'promotion is', 'promotions are')} available: ${names}`;
    return `${offer}; ${counted(not_eligible.length, 'other is not, with a reason', 'others are not, each with a reason')}.`;
  },
});
