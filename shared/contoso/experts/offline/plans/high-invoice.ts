import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription } from '#contoso/experts/offline/slots/subscriptions';
import { highInvoice as procedure } from '#contoso/procedures/high-invoice';
import { formatMoney } from '#contoso/rules/money';
import { getProducts } from '#contoso/tools/catalog/get-products';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { counted } from '#platform/counted';
import { addDays } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, one, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

type SubscriptionDetail = z.output<typeof getSubscriptionDetail.output>;
type Invoice = SubscriptionDetail['invoices'][number];
type Product = z.output<typeof getProducts.output>['products'][number];

const { overage: overagePolicy, adjustment: adjustmentPolicy } = procedure.documents;
/** Days of a billing cycle, which ends on the invoice date. */
const cycleDays = 30;
/** Megabytes of a gigabyte, as bills count. */
const megabytesPerGigabyte = 1_000;
/** Invoices that make up what is usual. */
const comparedInvoices = 3;

/** An invoice that is higher than usual: what was used, what is open, and which way out the policies offer. */
export function* highInvoice(about: Case): Steps<Draft> {
  const { transcript, today } = about;
  const customer = yield* findCustomer(about);
  const { subscription_id } = chooseSubscription(customer, transcript.question);
  const [detail, { products }, overage, adjustment] = yield* all(
    ask(getSubscriptionDetail, { subscription_id }),
    ask(getProducts, {}),
    search('data overage over the cap retroactive upgrade'),
    search('invoice adjustment outlier credit approval'),
  );
  const [invoice, ...before] = detail.invoices;
  if (invoice === undefined) {
    return noInvoice(subscription_id);
  }
  const { totals } = yield* one(
    ask(getDataUsage, {
      subscription_id,
      start_date: addDays(invoice.invoice_date, 1 - cycleDays),
      end_date: invoice.invoice_date,
      aggregate: true,
    }),
  );
  const used = (totals?.data_used_mb ?? 0) / megabytesPerGigabyte;
  const over = detail.data_cap_gb === null ? 0 : Math.max(0, used - detail.data_cap_gb);
  const sources = new Sources(overage, adjustment);
  const findings = [
    amountFinding(invoice, before.slice(0, comparedInvoices)),
    usageFinding(used, over, detail.data_cap_gb),
    ...(over > 0 ? sources.quote(adjustmentPolicy, /more than 50 % above/, /data usage are handled/) : []),
  ];
  const options =
    over > 0 ? upgradeOptions(sources, invoice, detail, products, today) : adjustmentOptions(sources);
  return {
    status: 'done',
    headline: `Invoice ${invoice.invoice_id} of customer ${customer.customer_id} (${customer.first_name} ${customer.last_name}) amounts to ${formatMoney(invoice.amount)}. ${balanceFinding(invoice)}`,
    findings,
    options: [...options, ...openAmountOption(invoice)],
    citations: sources.citations,
    ...(over > 0 && { followUp: 'Which larger plan does the customer want for the billed cycle?' }),
  };
}

function amountFinding(invoice: Invoice, before: readonly Invoice[]): string {
  const amount = `It is dated ${invoice.invoice_date} (${invoice.description}).`;
  if (before.length === 0) {
    return `${amount} There is no earlier invoice to compare it with.`;
  }
  const usual = before.reduce((sum, earlier) => sum + earlier.amount, 0) / before.length;
  const percent = Math.round((invoice.amount / usual - 1) * 100);
  const compared =
    before.length === 1
      ? `The one invoice before it was ${formatMoney(usual)}`
      : `The ${before.length} invoices before it average ${formatMoney(usual)}`;
  return percent > 0
    ? `${amount} ${compared}, so it is ${percent} % above the usual.`
    : `${amount} ${compared}, so it is not above the usual.`;
}

function usageFinding(used: number, over: number, cap: number | null): string {
  const usage = `In its billing cycle of ${cycleDays} days ${used.toFixed(1)} GB were used`;
  if (cap === null) {
    return `${usage}; the plan has no data cap.`;
  }
  return over > 0
    ? `${usage}; that is ${over.toFixed(1)} GB above the cap of ${cap} GB, and every started block above the cap is charged.`
    : `${usage}, which is within the cap of ${cap} GB.`;
}

function balanceFinding({ settled, outstanding }: Invoice): string {
  const paid = settled > 0 ? `${formatMoney(settled)} of it is paid already` : 'Nothing of it is paid yet';
  return outstanding > 0
    ? `${paid}; ${formatMoney(outstanding)} is still to be paid.`
    : `${paid}; it is settled.`;
}

function upgradeOptions(
  sources: Sources,
  invoice: Invoice,
  { product, data_cap_gb }: SubscriptionDetail,
  products: readonly Product[],
  today: string,
): string[] {
  const days = sources.number(overagePolicy, /within (\d+) days of the invoice date/);
  const lastDay = addDays(invoice.invoice_date, days ?? 0);
  const larger = products
    .filter(({ category, monthly_fee }) => category === product.category && monthly_fee > product.monthly_fee)
    .map(({ name, monthly_fee }) => `${name} (${formatMoney(monthly_fee)} a month)`);
  const deadline =
    days === undefined || today > lastDay
      ? 'A retroactive upgrade is no longer possible for this invoice; a larger plan works from the next cycle on.'
      : `A retroactive upgrade is possible within ${counted(days, 'day')} of the invoice date, that is until ${lastDay}: the overage is rated again as if the larger plan had been in force.`;
  return [
    deadline,
    larger.length > 0
      ? `Larger plans than ${product.name} with ${data_cap_gb === null ? 'no data cap' : `${data_cap_gb} GB`}: ${larger.join(', ')}.`
      : 'There is no larger plan of this kind; a higher data cap can be asked for.',
    ...sources.quote(
      overagePolicy,
      /may move to a higher data tier/,
      /pays the difference/,
      /once in twelve months/,
    ),
  ];
}

function adjustmentOptions(sources: Sources): string[] {
  return sources.quote(adjustmentPolicy, /can ask for one within/, /^An error of ours/, /decision is given/);
}

function openAmountOption({ outstanding, due_date }: Invoice): string[] {
  return outstanding > 0 ? [`${formatMoney(outstanding)} is due by ${due_date}.`] : [];
}

function noInvoice(subscriptionId: number): Draft {
  return {
    status: 'done',
    headline: `Subscription ${subscriptionId} has no invoice yet, so there is nothing to explain.`,
    findings: [],
  };
}
