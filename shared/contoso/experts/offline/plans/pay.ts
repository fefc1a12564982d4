import { findAccounts, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { paymentMethods } from '#contoso/rules/model';
import { formatMoney } from '#contoso/rules/money';
import { getInvoicePayments } from '#contoso/tools/billing/get-invoice-payments';
import { payInvoice } from '#contoso/tools/billing/pay-invoice';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { sumOf } from '#platform/experts/models/offline/operations';
import { ask, NeedsInput, NobodyNamed, one, type Steps } from '#platform/experts/models/offline/steps';
import { amountIn, numbersIn } from '../slots/numbers.ts';
import { capital, openInvoice } from './balance.ts';

const asksForAll =
  /\b(?:all|everything|in full|full amount|whole|outstanding amount|complete\w*|entire|clear|settle|rest)\b/i;

/** A payment that was asked for in so many words. Only what was said is paid: nothing is guessed. */
export function* pay(about: Case): Steps<Draft> {
  const said = about.said.join(' ');
  const [named] = about.said.flatMap((text) => numbersIn(text).invoices);
  const amount = about.said.map(amountIn).find((found) => found !== undefined);
  const wantsAll = asksForAll.test(said);
  if (named !== undefined && amount !== undefined) {
    return yield* propose(named, amount, said);
  }
  const open = yield* openInvoices(about, named);
  const [only] = open;
  if (only !== undefined && open.length === 1 && (amount !== undefined || wantsAll)) {
    return yield* propose(only.invoice_id, amount ?? only.outstanding, said);
  }
  throw new NeedsInput(
    open.length === 0
      ? 'Nothing is open there, so nothing was paid.'
      : `Nothing was paid. Open: ${open.map(openInvoice).join('; ')}.`,
    'Which invoice should be paid, and which amount?',
  );
}

function* propose(invoice_id: number, amount: number, said: string): Steps<Draft> {
  const method = paymentMethods.find((name) => said.toLowerCase().includes(name.replace('_', ' ')));
  const call = ask(payInvoice, { invoice_id, amount, ...(method !== undefined && { method }) });
  return yield* askForChange(call, `the payment of ${formatMoney(amount)} on invoice ${invoice_id}`);
}

/** Open invoices of the customer, or the one that was named. */
function* openInvoices(about: Case, named: number | undefined) {
  try {
    const [account] = yield* findAccounts(about);
    const open = (account?.invoices ?? []).filter(({ outstanding }) => outstanding > 0);
    const fitting = named === undefined ? open : open.filter(({ invoice_id }) => invoice_id === named);
    if (account !== undefined && open.length === 0) {
      throw new NeedsInput(
        `${capital(nameOf(account.customer))} owes nothing, so nothing was paid.`,
        'Is it another customer?',
      );
    }
    return fitting;
  } catch (error) {
    if (!(error instanceof NobodyNamed) || named === undefined) {
      throw error;
    }
  }
  const { payments } = yield* one(ask(getInvoicePayments, { invoice_id: named }));
  const [last] = payments;
  const paid = sumOf(
    payments.filter(({ status }) => status !== 'failed'),
    ({ amount }) => amount,
  );
  const known = last === undefined ? 'no payment was made' : `${formatMoney(paid)} was paid so far`;
  throw new NeedsInput(
    `Nothing was paid yet on invoice ${named} by this: ${known}.`,
    'Which amount should be paid, and of which customer is the invoice?',
  );
}
