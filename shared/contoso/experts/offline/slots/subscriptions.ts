import type * as z from 'zod';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { ask, NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';
import { type CustomerDetail, findCustomers, type HeldSubscription } from './customers.ts';
import { numbersIn } from './numbers.ts';

export type SubscriptionDetail = z.output<typeof getSubscriptionDetail.output>;
export type InvoiceRecord = SubscriptionDetail['invoices'][number];

/** A customer and what is in the account. */
export interface AccountFound {
  readonly customer: CustomerDetail;
  readonly subscriptions: readonly SubscriptionDetail[];
  /** Of all subscriptions. */
  readonly invoices: readonly InvoiceRecord[];
}

/** The accounts of the customers whom the question names. @throws as {@link findCustomers} */
export function* findAccounts(about: Case): Steps<AccountFound[]> {
  const accounts: AccountFound[] = [];
  for (const customer of yield* findCustomers(about)) {
    const subscriptions: SubscriptionDetail[] = [];
    for (const { subscription_id } of customer.subscriptions) {
      subscriptions.push(yield* one(ask(getSubscriptionDetail, { subscription_id })));
    }
    accounts.push({ customer, subscriptions, invoices: subscriptions.flatMap(({ invoices }) => invoices) });
  }
  return accounts;
}

/** The subscription that is meant: the one named by its number, else the preferred one, else the first. */
export function chooseSubscription(
  { customer_id, subscriptions }: CustomerDetail,
  question: string,
  preferred: (subscription: HeldSubscription) => boolean = ({ status }) => status === 'active',
): HeldSubscription {
  const [named] = numbersIn(question).subscriptions;
  const chosen =
    subscriptions.find(({ subscription_id }) => subscription_id === named) ??
    subscriptions.find(preferred) ??
    subscriptions[0];
  if (chosen === undefined) {
    throw new NeedsInput(
      `Customer ${customer_id} has no subscription.`,
      'Is it about another customer? Please give the customer number.',
    );
  }
  return chosen;
}

/** How a customer is called in answers. */
export function nameOf({ customer_id, first_name, last_name }: CustomerDetail): string {
  return `customer ${customer_id} (${first_name} ${last_name})`;
}
