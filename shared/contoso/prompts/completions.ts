import type { ArgumentCompletion } from '#platform/mcp/definitions/prompt';
import type { TenantStore } from '../stores/tenant-store.ts';

/** Customers that are proposed at most. */
const mostCustomers = 20;
const idText = /^[1-9]\d{0,9}$/;

/** Ids that begin with the digits typed, or of customers whose name or e-mail contains the text typed. */
export const customerIds: ArgumentCompletion<TenantStore> = {
  permission: 'customers.read',
  async propose(typed, _others, { store }) {
    const { customers } = await store.directory.page({ search: typed, limit: mostCustomers });
    const ids = customers.map(({ customer_id }) => String(customer_id));
    return /^\d+$/.test(typed) ? ids.filter((id) => id.startsWith(typed)) : ids;
  },
};

/** Ids of the subscriptions of the customer who is filled in already. */
export const subscriptionIds: ArgumentCompletion<TenantStore> = {
  permission: 'customers.read',
  async propose(typed, { customer_id: customer = '' }, { store }) {
    if (!idText.test(customer)) {
      return [];
    }
    const { subscription } = await store.accounts.load(Number(customer), ['subscription']);
    return subscription
      .map(({ value }) => String(value.subscription_id))
      .filter((id) => id.startsWith(typed));
  },
};
