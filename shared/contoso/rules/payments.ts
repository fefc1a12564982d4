import { InvalidInput, Refused } from '#platform/errors';
import { balanceOf } from './billing.ts';
import type { Invoice, Payment, paymentMethods } from './model.ts';
import { formatMoney, parseAmount, toCents, toDollars } from './money.ts';

export type PaymentMethod = (typeof paymentMethods)[number];

/** What a payment is taken from when the payer does not say. */
export const defaultPaymentMethod: PaymentMethod = 'credit_card';

/** What becomes of a payment that may be taken. */
export interface PaymentDecision {
  readonly status: 'successful' | 'partial';
  /** Dollars that are still to be paid of the invoice afterwards. */
  readonly outstanding: number;
}

/**
 * Decides whether an amount in dollars can be paid towards an invoice.
 * @throws InvalidInput when it is not above 0 or has more than two decimals.
 * @throws Refused when nothing is outstanding, or less than the amount.
 */
export function decidePayment(
  invoice: Invoice,
  payments: readonly Payment[],
  amount: number,
): PaymentDecision {
  const cents = parseAmount(amount);
  if (cents === undefined || cents <= 0) {
    throw new InvalidInput(
      'The amount must be above 0 and have at most two decimals; give one such as 20 or 19.5 dollars.',
    );
  }
  const { outstanding } = balanceOf(invoice, payments);
  if (outstanding === 0) {
    throw new Refused(
      `Invoice ${invoice.invoice_id} is settled already; there is nothing left to pay. Call get_invoice_payments to see what was paid.`,
    );
  }
  const left = toCents(outstanding) - cents;
  if (left < 0) {
    const most = formatMoney(outstanding);
    throw new Refused(`Only ${most} of invoice ${invoice.invoice_id} is outstanding; pay ${most} or less.`);
  }
  return { status: left > 0 ? 'partial' : 'successful', outstanding: toDollars(left) };
}
