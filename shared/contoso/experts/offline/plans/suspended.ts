import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription } from '#contoso/experts/offline/slots/subscriptions';
import { suspendedService } from '#contoso/procedures/suspended-service';
import { lateFee } from '#contoso/rules/late-fee';
import { formatMoney } from '#contoso/rules/money';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed, sumOf } from '#platform/experts/models/offline/operations';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

type SubscriptionDetail = z.output<typeof getSubscriptionDetail.output>;
type Invoice = SubscriptionDetail['invoices'][number];

const {
  reinstatement: reinstatementRules,
  lateFee: lateFeePolicy,
  hardship: hardshipProcedure,
} = suspendedService.documents;

/** A service that is suspended for non-payment: what is owed, which fees there are, and how it comes back. */
export function* suspended(about: Case): Steps<Draft> {
  const { transcript, today } = about;
  const customer = yield* findCustomer(about);
  const held = chooseSubscription(customer, transcript.question, ({ status }) => status === 'inactive');
  const [detail, ...found] = yield* all(
    ask(getSubscriptionDetail, { subscription_id: held.subscription_id }),
    search('payment failure grace suspension reinstatement reconnection fee waived'),
    search('late payment fee grace period waived'),
    search('financial hardship payment plan instalments'),
  );
  const sources = new Sources(...found);
  const overdue = detail.invoices.filter(({ outstanding, due_date }) => outstanding > 0 && due_date < today);
  const isSuspended = detail.status === 'inactive';
  const owed = sumOf(overdue, ({ outstanding }) => outstanding);
  return {
    status: 'done',
    headline: `Subscription ${detail.subscription_id} (${detail.product.name}) of customer ${customer.customer_id} (${customer.first_name} ${customer.last_name}) is ${isSuspended ? `suspended: it is ${detail.status} and the service is ${detail.service_status}` : `${detail.status}, not suspended; the service is ${detail.service_status}`}.`,
    findings: [
      ...(overdue.length > 1 ? [`${formatMoney(owed)} is overdue in all.`] : []),
      ...(overdue.length === 0
        ? ['No invoice is overdue.']
        : overdue.map((invoice) => overdueFinding(invoice, today))),
      ...(overdue.length > 0 ? sources.quote(reinstatementRules, /^Grace/, /On day 11/) : []),
      ...lateFeeFinding(sources, overdue, today),
    ],
    options: [
      ...sources.quote(reinstatementRules, /^Reinstatement needs/, /^Service is back/),
      ...sources.quote(
        reinstatementRules,
        /reconnection fee of/i,
        /waived for a first suspension/,
        /another method/,
      ),
      ...sources.quote(lateFeePolicy, /gets the fee\s+waived on request/),
      ...sources.quote(
        hardshipProcedure,
        /can spread the debt/,
        /overdue balance is between/,
        /equal monthly instalments/,
      ),
    ],
    citations: sources.citations,
    ...(owed > 0 && {
      followUp: `Shall it be paid? Then say “pay everything that is open for customer ${customer.customer_id}”, and the payment is proposed.`,
    }),
  };
}

function overdueFinding({ invoice_id, outstanding, due_date, payments }: Invoice, today: string): string {
  const failed = payments.filter(({ status }) => status === 'failed');
  const methods = [...new Set(failed.map(({ method }) => method.replace('_', ' ')))].join(', ');
  const failures =
    failed.length === 0
      ? ''
      : ` There ${failed.length === 1 ? 'was' : 'were'} ${counted(failed.length, 'failed payment')} (${methods}).`;
  return `${formatMoney(outstanding)} of invoice ${invoice_id} is outstanding since ${due_date}, ${counted(daysBetween(due_date, today), 'day')} after the due date.${failures}`;
}

/** The fee of each invoice that is past its grace, as the policy gives it. */
function lateFeeFinding(sources: Sources, overdue: readonly Invoice[], today: string): string[] {
  const fees = overdue.flatMap(({ invoice_id, outstanding, due_date }) => {
    const fee = lateFee(outstanding, daysBetween(due_date, today));
    return fee > 0 ? [{ invoice_id, fee }] : [];
  });
  if (fees.length === 0) {
    return [];
  }
  const each = fees.map(({ invoice_id, fee }) => `${formatMoney(fee)} on invoice ${invoice_id}`);
  const total = fees.length > 1 ? `, ${formatMoney(sumOf(fees, ({ fee }) => fee))} in all` : '';
  return [
    ...sources.quote(lateFeePolicy, /From day 11 a late fee/),
    `A late fee applies: ${listed(each)}${total}.`,
  ];
}
