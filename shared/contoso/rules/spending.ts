import { millisecondsPerHour } from '#platform/dates';
import { toCents, toDollars } from './money.ts';

/** A payment that was made without asking its user first. */
export interface UnconfirmedPayment {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly cents: number;
}

/** Most payments that are remembered one by one; of more, the oldest are remembered as one. */
const mostRemembered = 100;

/** The payments of the last `hours`, the others being over and done with. */
export function recentPayments<Payment extends UnconfirmedPayment>(
  payments: readonly Payment[],
  now: Date,
  hours: number,
): readonly Payment[] {
  const since = new Date(now.getTime() - hours * millisecondsPerHour).toISOString();
  return payments.filter(({ at }) => at > since);
}

/** Dollars that these payments and one more of `amount` dollars come to. */
export function sumWith(payments: readonly UnconfirmedPayment[], amount: number): number {
  return toDollars(payments.reduce((sum, { cents }) => sum + cents, toCents(amount)));
}

/**
 * The payments and one more. A merged payment counts until the later of its times has passed, so it never counts too
 * short.
 */
export function remembering(
  payments: readonly UnconfirmedPayment[],
  amount: number,
  now: Date,
): readonly UnconfirmedPayment[] {
  const all = [...payments, { at: now.toISOString(), cents: toCents(amount) }];
  while (all.length > mostRemembered) {
    const [first, second] = all.splice(0, 2);
    if (first === undefined || second === undefined) {
      break;
    }
    all.unshift({ at: second.at, cents: first.cents + second.cents });
  }
  return all;
}
