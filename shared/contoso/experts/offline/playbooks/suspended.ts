import type * as z from 'zod';
import { chooseSubscription, findCustomer } from '#contoso/experts/offline/customer';
import { formatMoney } from '#contoso/rules/money';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { counted } from '#platform/counted';
import { daysBetween } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

type SubscriptionDetail = z.output<typeof getSubscriptionDetail.output>;
type Invoice = SubscriptionDetail['invoices'][number];

const reinstatementRules = 'Payment Failure & Reinstatement Rules';
const lateFeePolicy = 'Late Payment Fee Policy';
const hardshipProcedure = 'Financial Hardship Payment Plan Procedure';

/** A service that is suspended for non-payment: what is owed, which fees there are, and how it comes back. */
export function* suspended({ transcript, today }: Case): Steps<Draft> {
  const customer = yield* findCustomer(transcript);
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
  const owed = overdue.reduce((sum, { outstanding }) => sum + outstanding, 0);
  return {
    status: 'done',
    headline: `Subscription ${detail.subscription_id} (${detail.product.name}) of customer ${customer.customer_id} (${customer.first_name} ${customer.last_name}) is ${isSuspended ? `suspended: it is ${detail.status} and the service is ${detail.service_status}` : `${detail.status}, not suspended; the service is ${detail.service_status}`}.`,
    findings: [
      ...(overdue.length === 0
        ? ['No invoice is overdue.']
        : overdue.map((invoice) => overdueFinding(invoice, today))),
      ...(overdue.length > 0 ? sources.quote(reinstatementRules, /^Grace/, /On day 11/) : []),
      ...lateFeeFinding(sources, owed),
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
    actions:
      owed > 0
        ? [
            `Pay the overdue ${formatMoney(owed)}, or ask for a hardship payment plan.`,
            'Ask for the reconnection fee to be waived if this is the first suspension.',
          ]
        : [],
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

/** The policy's own numbers: a least fee and a percentage, whichever is higher. */
function lateFeeFinding(sources: Sources, owed: number): string[] {
  const least = sources.number(lateFeePolicy, /(\d+\.\d\d) or \d+ % of the overdue amount/);
  const percent = sources.number(lateFeePolicy, /\d+\.\d\d or (\d+) % of the overdue amount/);
  if (owed === 0 || least === undefined || percent === undefined) {
    return [];
  }
  const fee = Math.max(least, Math.round(owed * percent) / 100);
  return [
    ...sources.quote(lateFeePolicy, /From day 11 a late fee/, /whichever is higher/),
    `A late fee of ${formatMoney(fee)} applies at this amount.`,
  ];
}
