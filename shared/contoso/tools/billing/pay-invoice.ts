import * as z from 'zod';
import { counted } from '#platform/counted';
import { dayOf } from '#platform/dates';
import { Conflict } from '#platform/errors';
import { digestOf } from '#platform/idempotency';
import { dollars, id, oneOf } from '#platform/mcp/definitions/inputs';
import { defineTool, type ToolCall } from '../../define.ts';
import { figures } from '../../labels.ts';
import { balanceOf } from '../../rules/billing.ts';
import {
  invoice as invoiceModel,
  type Payment,
  paymentMethods,
  payment as paymentModel,
} from '../../rules/model.ts';
import { formatMoney, toCents, toDollars } from '../../rules/money.ts';
import { decidePayment, defaultPaymentMethod } from '../../rules/payments.ts';
import { recentPayments, remembering, sumWith, type UnconfirmedPayment } from '../../rules/spending.ts';
import type { Account, Change } from '../../stores/tenant-store.ts';
import {
  additiveWrite,
  changeAccount,
  firstAnswer,
  hasReceipt,
  idempotencyKey,
  readAhead,
  readOrTake,
  receiptFor,
  receiptKeyOf,
  wasWritten,
} from '../changes.ts';
import { noInvoice, ownerOfInvoice, values } from '../lookups.ts';

const largestPayment = 1_000_000;

const input = z.strictObject({
  invoice_id: id('The invoice; get_billing_summary lists them.'),
  amount: dollars(largestPayment, 'Dollars with at most two decimals; not more than is outstanding.'),
  method: oneOf(paymentMethods, 'What to pay with.').default(defaultPaymentMethod),
  idempotency_key: idempotencyKey,
});

const output = z.object({
  payment_id: paymentModel.shape.payment_id,
  invoice_id: invoiceModel.shape.invoice_id,
  outstanding: z.number().min(0).describe('Dollars still to be paid after this payment.'),
});

type Asked = z.output<typeof input>;

async function read({ invoice_id, idempotency_key }: Asked, call: ToolCall) {
  const customerId = await ownerOfInvoice(call, invoice_id);
  const key = receiptKeyOf(call, idempotency_key);
  const { user } = call.principal;
  const account = await call.store.accounts.load(customerId, ['invoice', 'payment'], key, user);
  return { account, customerId };
}

function invoiceRow({ invoice }: Pick<Account, 'invoice'>, { invoice_id }: Asked) {
  return invoice.find(({ value }) => value.invoice_id === invoice_id) ?? noInvoice(invoice_id);
}

function unconfirmed({ spending }: Account, { policy, now }: ToolCall): readonly UnconfirmedPayment[] {
  return recentPayments(spending?.value.payments ?? [], now(), policy.confirmPaymentsWithinHours);
}

/**
 * What a second person has to approve: much at once, or little by little of one invoice on one day, whoever paid it.
 * @param above dollars
 */
function secondPersonFor(
  { invoice_id, amount, method }: Asked,
  { payment }: Pick<Account, 'payment'>,
  above: number,
  { now }: ToolCall,
): string | undefined {
  const today = dayOf(now());
  const cents = values(payment)
    .filter((one) => one.invoice_id === invoice_id && one.payment_date === today && one.status !== 'failed')
    .reduce((sum, one) => sum + toCents(one.amount), toCents(amount));
  const sum = toDollars(cents);
  if (sum <= above) {
    return undefined;
  }
  const what = `This pays ${formatMoney(amount)} of invoice ${invoice_id} by ${method.replace('_', ' ')}`;
  return amount > above
    ? `${what}, and more than ${formatMoney(above)} needs a second person.`
    : `${what}. With what was paid of the invoice today it comes to ${formatMoney(sum)}, and more than ${formatMoney(above)} needs a second person.`;
}

/** @throws Conflict when meanwhile there were so many payments that this one needs a second person */
function requireApproved(asked: Asked, account: Account, call: ToolCall): void {
  const { approveAbove, approvedBy } = call;
  if (
    approveAbove !== undefined &&
    approvedBy === undefined &&
    secondPersonFor(asked, account, approveAbove, call) !== undefined
  ) {
    throw new Conflict(
      'Nothing was paid: with other payments that were made at the same time, this one needs a second person. Call again to ask for it.',
    );
  }
}

/** What the user has to agree to: much at once, or little by little. */
function questionAbout(
  { invoice_id, amount, method }: Asked,
  customerId: number,
  before: readonly UnconfirmedPayment[],
  { policy }: ToolCall,
): string | undefined {
  const sum = sumWith(before, amount);
  if (sum <= policy.confirmPaymentsAbove) {
    return undefined;
  }
  const what = `This pays ${formatMoney(amount)} of invoice ${invoice_id} by ${method.replace('_', ' ')}`;
  if (amount > policy.confirmPaymentsAbove) {
    return `${what}.`;
  }
  const hours = policy.confirmPaymentsWithinHours;
  return `${what}. Together with what you paid for customer ${customerId} in the last ${counted(hours, 'hour')} without a confirmation it comes to ${formatMoney(sum)}, and more than ${formatMoney(policy.confirmPaymentsAbove)} needs one.`;
}

/**
 * Adds an unconfirmed payment to the user's others, in the transaction of the payment: of several at the same time, each
 * sees those before it.
 * @throws Conflict when meanwhile there were so many that this one needs a confirmation
 */
function spendingAfter(asked: Asked, customerId: number, account: Account, call: ToolCall): Change[] {
  const before = unconfirmed(account, call);
  if (questionAbout(asked, customerId, before, call) !== undefined) {
    throw new Conflict(
      'Nothing was paid: with other payments that were made at the same time, this one needs the agreement of the user. Call again to ask for it.',
    );
  }
  const payments = remembering(before, asked.amount, call.now());
  const spending = { spender: call.principal.user, payments };
  return [{ spending, etag: account.spending?.etag }];
}

export const payInvoice = defineTool({
  name: 'pay_invoice',
  title: 'Pay an invoice',
  description:
    'Pays an invoice, in full or in part, and returns what is still outstanding. Use it only when the customer has agreed to the amount; call get_billing_summary first to see what is outstanding. Give an idempotency_key so that a repeated call does not pay twice.',
  permission: 'billing.write',
  progress: 'Asking for the payment of the invoice',
  annotations: additiveWrite,
  labels: figures,
  input,
  output,
  example: ({ openInvoice, key }) => ({
    invoice_id: openInvoice().invoice_id,
    amount: 1,
    idempotency_key: key(),
  }),
  isRepetition: (asked, call) => hasReceipt(call, () => read(asked, call)),
  async confirmation(asked, call) {
    const { account, customerId } = await readAhead(call, () => read(asked, call));
    const { approveAbove } = call;
    const waits =
      approveAbove !== undefined && secondPersonFor(asked, account, approveAbove, call) !== undefined;
    const question = questionAbout(asked, customerId, unconfirmed(account, call), call);
    return question !== undefined && waits ? `${question} A second person has to approve it then.` : question;
  },
  async approval(asked, call, above) {
    const { account } = await readAhead(call, () => read(asked, call));
    const question = secondPersonFor(asked, account, above, call);
    if (question !== undefined) {
      // nobody is to decide on what could not be carried out
      decidePayment(invoiceRow(account, asked).value, values(account.payment), asked.amount);
    }
    return question;
  },
  async handler(asked, call) {
    const { invoice_id, amount, method, idempotency_key } = asked;
    const digest = digestOf('pay_invoice', { invoice_id, amount, method });
    let payment: Payment | undefined;
    return changeAccount(async () => {
      const { account, customerId } = await readOrTake(call, () => read(asked, call));
      if (account.receipt !== undefined) {
        return output.parse(firstAnswer(account.receipt, digest));
      }
      const row = invoiceRow(account, asked);
      const payments = values(account.payment);
      if (payment !== undefined && wasWritten(account.payment, payment)) {
        const { outstanding } = balanceOf(row.value, payments);
        return { payment_id: payment.payment_id, invoice_id, outstanding };
      }
      requireApproved(asked, account, call);
      const { status, outstanding } = decidePayment(row.value, payments, amount);
      const payment_id = payment?.payment_id ?? (await call.store.nextId('payment'));
      payment = { payment_id, invoice_id, payment_date: dayOf(call.now()), amount, method, status };
      const answer = { payment_id, invoice_id, outstanding };
      await call.store.accounts.commit(customerId, [
        { insert: 'payment', value: payment },
        // Unchanged, for its ETag: of two payments that were decided on the same balance, one has to decide again.
        { replace: 'invoice', value: row.value, etag: row.etag },
        ...receiptFor(receiptKeyOf(call, idempotency_key), digest, answer),
        ...(call.confirmed ? [] : spendingAfter(asked, customerId, account, call)),
      ]);
      return answer;
    });
  },
  summary({ payment_id, invoice_id, outstanding }) {
    return outstanding === 0
      ? `Payment ${payment_id} is recorded; invoice ${invoice_id} is settled.`
      : `Payment ${payment_id} is recorded; ${formatMoney(outstanding)} of invoice ${invoice_id} is still outstanding.`;
  },
});
