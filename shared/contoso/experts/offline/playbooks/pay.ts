import { findCustomer } from '#contoso/experts/offline/customer';
import { formatMoney } from '#contoso/rules/money';
import { getBillingSummary } from '#contoso/tools/billing/get-billing-summary';
import { payInvoice } from '#contoso/tools/billing/pay-invoice';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { ask, NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';

const invoicePattern = /\binvoice\s+(?:number\s+|no\.?\s*|#)?(\d{1,10})\b/i;
/** Numbers of records, which are no amounts. */
const recordPattern = /\b(?:invoice|customer|subscription|account)\s+(?:number\s+|no\.?\s*|#)?\d+/gi;
/** An amount: a number with a currency, with cents, or right behind "pay". */
const amountPattern =
  /(?:\$\s?|\bpay\s+)(\d[\d.,]*)|(?<![\d.,])(\d[\d.,]*)\s*(?:dollars|usd)\b|(?<![\d.,])(\d+\.\d{2})(?!\d|,\d)/gi;

/** A payment that was asked for in so many words. Only what was said is paid: nothing is guessed. */
export function* pay({ transcript }: Case): Steps<Draft> {
  const { question } = transcript;
  const named = Number(invoicePattern.exec(question)?.[1]);
  const invoiceId = Number.isInteger(named) ? named : yield* onlyOpenInvoice(transcript);
  const amount = amountIn(question);
  if (amount === undefined) {
    throw new NeedsInput(
      `Nothing was paid: no amount was named for invoice ${invoiceId}.`,
      'Which amount should be paid?',
    );
  }
  const call = ask(payInvoice, { invoice_id: invoiceId, amount });
  return yield* askForChange(call, `the payment of ${formatMoney(amount)} on invoice ${invoiceId}`);
}

function* onlyOpenInvoice(transcript: Case['transcript']): Steps<number> {
  const { customer_id } = yield* findCustomer(transcript);
  const { invoices } = yield* one(ask(getBillingSummary, { customer_id }));
  const open = invoices.filter(({ outstanding }) => outstanding > 0);
  const [only] = open;
  if (only !== undefined && open.length === 1) {
    return only.invoice_id;
  }
  const list = open.map(({ invoice_id, outstanding }) => `${invoice_id} (${formatMoney(outstanding)})`);
  throw new NeedsInput(
    list.length === 0
      ? `Customer ${customer_id} owes nothing, so nothing was paid.`
      : `Nothing was paid. Open invoices of customer ${customer_id}: ${list.join(', ')}.`,
    'Which invoice is meant, and which amount?',
  );
}

/** The one amount that is named; undefined when none is, several are, or it is not clear what the number means. */
export function amountIn(question: string): number | undefined {
  const found = [...question.replace(recordPattern, '').matchAll(amountPattern)].map((match) =>
    (match[1] ?? match[2] ?? match[3] ?? '').replace(/[.,]$/, ''),
  );
  const amounts = new Set(
    found.map((text) => (/^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN)),
  );
  const [only] = amounts;
  return amounts.size === 1 && only !== undefined && !Number.isNaN(only) ? only : undefined;
}
