import * as z from 'zod';
import { counted } from '#platform/counted';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { customer, subscription } from '../../rules/model.ts';
import { loadCustomer, values } from '../lookups.ts';

export const getCustomerDetail = defineTool({
  name: 'get_customer_detail',
  title: 'Customer profile and subscriptions',
  description:
    "Returns one customer's profile and subscriptions. Use it first when a customer is named by id: it gives the subscription_id that other tools need. To find the id by name call get_all_customers; for the invoices and incidents of a subscription call get_subscription_detail.",
  permission: 'customers.read',
  progress: "Looking at the customer's profile and subscriptions",
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({ customer_id: id('The customer.') }),
  output: customer.extend({
    subscriptions: z.array(subscription.extend({ product_name: z.string() })),
  }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id }, call) {
    const [{ account, profile }, products] = await Promise.all([
      loadCustomer(call, customer_id, ['subscription']),
      call.store.catalog.products(),
    ]);
    const nameOf = new Map(products.map((product) => [product.product_id, product.name]));
    return {
      ...profile.value,
      subscriptions: values(account.subscription).map((record) => ({
        ...record,
        product_name: nameOf.get(record.product_id) ?? 'a product that is no longer sold',
      })),
    };
  },
  summary({ customer_id, first_name, last_name, loyalty_level, subscriptions }) {
    const plans = subscriptions.map(
      ({ subscription_id, product_name, status }) => `${subscription_id} ${product_name} (${status})`,
    );
    const held =
      plans.length === 0
        ? 'no subscriptions'
        : `${counted(plans.length, 'subscription')}: ${plans.join(', ')}`;
    return `Customer ${customer_id}, ${first_name} ${last_name}, ${loyalty_level}; ${held}.`;
  },
});
