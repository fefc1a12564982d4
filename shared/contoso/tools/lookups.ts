import { NotFound } from '#platform/errors';
import type { ToolCall } from '../define.ts';
import type { Customer } from '../rules/model.ts';
import type { Account, AccountPart, Row } from '../stores/tenant-store.ts';

/** The records of stored rows. */
export function values<T>(rows: readonly Row<T>[]): T[] {
  return rows.map((row) => row.value);
}

/**
 * The customer's profile and the asked-for parts of the account. One round trip.
 * @param receiptKey of the receipt to read along
 * @throws NotFound when there is no such customer.
 */
export async function loadCustomer(
  call: ToolCall,
  customerId: number,
  parts: readonly AccountPart[],
  receiptKey?: string,
): Promise<{ account: Account; profile: Row<Customer> }> {
  const account = await call.store.accounts.load(customerId, ['profile', ...parts], receiptKey);
  const profile = account.profile.at(0);
  if (profile === undefined) {
    throw new NotFound(`There is no customer ${customerId}; call get_all_customers to find the customer_id.`);
  }
  return { account, profile };
}

/**
 * The customer who has a subscription. One round trip at most.
 * @throws NotFound when there is no such subscription.
 */
export async function ownerOfSubscription(call: ToolCall, subscriptionId: number): Promise<number> {
  return (await call.store.accounts.ownerOfSubscription(subscriptionId)) ?? noSubscription(subscriptionId);
}

/**
 * The customer who gets an invoice. One round trip at most.
 * @throws NotFound when there is no such invoice.
 */
export async function ownerOfInvoice(call: ToolCall, invoiceId: number): Promise<number> {
  return (await call.store.accounts.ownerOfInvoice(invoiceId)) ?? noInvoice(invoiceId);
}

/** @throws NotFound always; for a subscription that is gone from its account, too. */
export function noSubscription(subscriptionId: number): never {
  throw new NotFound(
    `There is no subscription ${subscriptionId}; call get_customer_detail with the customer's id to see the subscriptions.`,
  );
}

/** @throws NotFound always; for an invoice that is gone from its account, too. */
export function noInvoice(invoiceId: number): never {
  throw new NotFound(
    `There is no invoice ${invoiceId}; call get_billing_summary with the customer's id to see the invoices.`,
  );
}
