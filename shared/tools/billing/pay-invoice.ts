import * as z from 'zod';
import { balanceOf } from '../../contoso/billing.ts';
import { dayOf } from '../../contoso/dates.ts';
import {
  invoice as invoiceModel,
  type Payment,
  paymentMethods,
  payment as paymentModel,
} from '../../contoso/model.ts';
import { formatMoney } from '../../contoso/money.ts';
import { decidePayment, defaultPaymentMethod } from '../../contoso/payments.ts';
import type { Change } from '../../storage/tenant-store.ts';
import {
  additiveWrite,
  changeAccount,
  digestOf,
  firstAnswer,
  idempotencyKey,
  wasWritten,
} from '../changes.ts';
import { defineTool } from '../define.ts';
import { dollars, id, oneOf } from '../inputs.ts';
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

export const payInvoice = defineTool({
  name: 'pay_invoice',
  title: 'Pay an invoice',
  description:
    'Pays an invoice, in full or in part, and returns what is still outstanding. Use it only when the customer has agreed to the amount; call get_billing_summary first to see what is outstanding. Give an idempotency_key so that a repeated call does not pay twice.',
  permission: 'billing.write',
  annotations: additiveWrite,
  input,
  output,
  confirmation({ invoice_id, amount, method }, { policy }) {
    return amount > policy.confirmPaymentsAbove
      ? `This pays ${formatMoney(amount)} of invoice ${invoice_id} by ${method.replace('_', ' ')}.`
      : undefined;
  },
  async handler(asked, call) {
    const { invoice_id, amount, method, idempotency_key: key } = asked;
    const customerId = await ownerOfInvoice(call, invoice_id);
    const digest = digestOf('pay_invoice', { invoice_id, amount, method });
    let payment: Payment | undefined;
    return changeAccount(async () => {
      const account = await call.store.accounts.load(customerId, ['invoice', 'payment'], key);
      if (account.receipt !== undefined) {
        return output.parse(firstAnswer(account.receipt, digest));
      }
      const row =
        account.invoice.find(({ value }) => value.invoice_id === invoice_id) ?? noInvoice(invoice_id);
      const payments = values(account.payment);
      if (payment !== undefined && wasWritten(account.payment, payment)) {
        const { outstanding } = balanceOf(row.value, payments);
        return { payment_id: payment.payment_id, invoice_id, outstanding };
      }
      const { status, outstanding } = decidePayment(row.value, payments, amount);
      const payment_id = payment?.payment_id ?? (await call.store.nextId('payment'));
      payment = { payment_id, invoice_id, payment_date: dayOf(call.now()), amount, method, status };
      const answer = { payment_id, invoice_id, outstanding };
      await call.store.accounts.commit(customerId, [
        { insert: 'payment', value: payment },
        // Unchanged, for its ETag: of two payments that were decided on the same balance, one has to decide again.
        { replace: 'invoice', value: row.value, etag: row.etag },
        ...receiptFor(key, digest, answer),
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

function receiptFor(key: string | undefined, digest: string, answer: z.output<typeof output>): Change[] {
  return key === undefined ? [] : [{ receipt: { key, digest, answer } }];
}
