import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { nameOf } from '#contoso/experts/offline/slots/subscriptions';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import type { Steps } from '#platform/experts/models/offline/steps';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

const asksForContact = /\b(?:e-?mail|address|phone|telephone|contact|street)\b/i;

/** Who a customer is; nothing with which somebody could pass an identity check. */
export function* profile(about: Case): Steps<Draft> {
  const customers = yield* findCustomers(about);
  const each = customers.map((customer) => {
    const [oldest] = customer.subscriptions.map(({ start_date }) => start_date).toSorted();
    const since = oldest === undefined ? 'without a subscription' : `with a subscription since ${oldest}`;
    return `${capital(nameOf(customer))} is at loyalty level ${customer.loyalty_level}, ${since}.`;
  });
  return asksForContact.test(about.said.join(' '))
    ? {
        status: 'error',
        headline:
          'Addresses, e-mail addresses and phone numbers on file are not told here: with them somebody could pass an identity check. Ask the caller for them and compare with the profile.',
        findings: [],
      }
    : facts(lines(each));
}
