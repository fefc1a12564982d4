import { findAccounts, type InvoiceRecord, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { formatMoney } from '#contoso/rules/money';
import { getInvoicePayments } from '#contoso/tools/billing/get-invoice-payments';
import { counted } from '#platform/counted';
import { newestFirst } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import {
  averageOf,
  largestOf,
  listed,
  operationsIn,
  sumOf,
} from '#platform/experts/models/offline/operations';
import { always, isWithin, periodIn } from '#platform/experts/models/offline/period';
import { ask, NobodyNamed, one, type Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

const amount = (invoice: InvoiceRecord) => invoice.amount;
const asksForOpen =
  /\b(?:open|unpaid|outstanding|unsettled|not (?:yet )?paid|(?:has|have)n['’]?t .{0,20}paid|not (?:been )?paid)\b/i;

/** Invoices: one, a list, and what can be computed of them. */
export function* invoices(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  const { invoices: named } = numbersIn(about.said.find((text) => numbersIn(text).invoices.length > 0) ?? '');
  const accounts = yield* accountsOrPayments(about, named);
  if (!Array.isArray(accounts)) {
    return accounts;
  }
  const period = about.said.map((text) => periodIn(text, about.today)).find((found) => found !== undefined);
  const each = accounts.map(({ customer, invoices: every }) => {
    const byNumber = every.filter(({ invoice_id }) => named.includes(invoice_id));
    if (named.length > 0) {
      return byNumber.length > 0
        ? byNumber.map(whole).join(' ')
        : `${capital(nameOf(customer))} has no invoice ${named.join(', ')}.`;
    }
    return answerFor(nameOf(customer), every, said, period);
  });
  return facts(lines(each));
}

/** Without a customer, the payments of an invoice can be told, and nothing else of it. */
function* accountsOrPayments(about: Case, named: readonly number[]) {
  try {
    return yield* findAccounts(about);
  } catch (error) {
    const [invoice_id] = named;
    if (!(error instanceof NobodyNamed) || invoice_id === undefined) {
      throw error;
    }
    const { payments } = yield* one(ask(getInvoicePayments, { invoice_id }));
    const list = payments.map(
      ({ amount: paid, method, status, payment_date }) =>
        `${formatMoney(paid)} by ${method.replace('_', ' ')} on ${payment_date} (${status})`,
    );
    return facts(
      `Invoice ${invoice_id} has ${counted(list.length, 'payment')}${list.length === 0 ? '' : `: ${listed(list)}`}.`,
      [],
      { followUp: 'Which customer gets it? Then its amount and due date can be told.' },
    );
  }
}

function answerFor(
  name: string,
  every: readonly InvoiceRecord[],
  said: string,
  period: ReturnType<typeof periodIn>,
): string {
  const operations = operationsIn(said);
  const isOpen = asksForOpen.test(said);
  const fitting = newestFirst(
    every,
    ({ invoice_date }) => invoice_date,
    ({ invoice_id }) => invoice_id,
  )
    .filter(({ invoice_date }) => isWithin(invoice_date, period ?? always))
    .filter((invoice) => !isOpen || invoice.outstanding > 0)
    .filter((invoice) => operations.above === undefined || amount(invoice) > operations.above)
    .filter((invoice) => operations.below === undefined || amount(invoice) < operations.below);
  const chosen = operations.first === undefined ? fitting : fitting.slice(0, operations.first);
  const which = `${isOpen ? 'open ' : ''}invoice`;
  const when = period === undefined ? '' : ` ${period.words}`;
  const [newest] = chosen;
  if (newest === undefined) {
    return `${capital(name)} has no ${which}${when} that fits.`;
  }
  const limited = operations.above !== undefined || operations.below !== undefined;
  if (operations.average) {
    return `The average of ${counted(chosen.length, which)} of ${name}${when} is ${formatMoney(averageOf(chosen, amount))} (${listed(chosen.map(brief))}).`;
  }
  if (operations.largest && !limited) {
    return `The largest ${which} of ${name}${when} is ${brief(largestOf(chosen, amount) ?? newest)}.`;
  }
  if (operations.smallest && !limited) {
    return `The smallest ${which} of ${name}${when} is ${brief(largestOf(chosen, (one_) => -amount(one_)) ?? newest)}.`;
  }
  if (operations.oldest) {
    return `The oldest ${which} of ${name}${when} is ${brief(chosen.at(-1) ?? newest)}.`;
  }
  if (operations.newest && operations.first === undefined && period === undefined) {
    return `The latest ${which} of ${name}: ${whole(newest)}`;
  }
  const total = `${counted(chosen.length, which)} of ${name}${when}, ${formatMoney(sumOf(chosen, amount))} in all`;
  return `${total}: ${listed(chosen.map(brief))}.`;
}

function brief({ invoice_id, amount: asked, invoice_date, outstanding, due_date }: InvoiceRecord): string {
  const open = outstanding > 0 ? `, ${formatMoney(outstanding)} open, due ${due_date}` : '';
  return `invoice ${invoice_id} of ${invoice_date}, ${formatMoney(asked)}${open}`;
}

function whole(invoice: InvoiceRecord): string {
  const { invoice_id, amount: asked, invoice_date, due_date, outstanding, payments } = invoice;
  const paid = payments.map(
    ({ amount: sum, method, status, payment_date }) =>
      `${formatMoney(sum)} by ${method.replace('_', ' ')} on ${payment_date} (${status})`,
  );
  const state =
    outstanding > 0 ? `${formatMoney(outstanding)} is still open, so it is not paid` : 'it is settled';
  return `Invoice ${invoice_id} of ${invoice_date} over ${formatMoney(asked)} is due ${due_date}; ${state}. ${paid.length === 0 ? 'No payment was made.' : `Payments: ${paid.join(', ')}.`}`;
}
