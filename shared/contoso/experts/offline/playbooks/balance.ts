import { findCustomer } from '#contoso/experts/offline/customer';
import { formatMoney } from '#contoso/rules/money';
import { getBillingSummary } from '#contoso/tools/billing/get-billing-summary';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';

/** What a customer owes, in all and by invoice. */
export function* balance({ transcript }: Case): Steps<Draft> {
  const { customer_id } = yield* findCustomer(transcript);
  const { total_due, invoices } = yield* one(ask(getBillingSummary, { customer_id }));
  const open = invoices.filter(({ outstanding }) => outstanding > 0);
  const list = open.map(
    ({ invoice_id, outstanding }) => `invoice ${invoice_id}: ${formatMoney(outstanding)}`,
  );
  return {
    status: 'done',
    headline: `Customer ${customer_id} owes ${formatMoney(total_due)} in all.`,
    findings: [list.length === 0 ? 'Every invoice is settled.' : `Open are ${list.join(', ')}.`],
    actions: list.length === 0 ? [] : ['Say which invoice to pay and which amount.'],
  };
}
