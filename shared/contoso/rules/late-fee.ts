import { toCents, toDollars } from './money.ts';

/** Days after the due date for which no fee is charged; the document "Late Payment Fee Policy" has these numbers. */
const graceDays = 10;
const leastFee = 500;
const percent = 5;
/** Cents below which an overdue amount has no fee. */
const leastOverdue = 1_000;

/**
 * The late fee of one invoice in dollars: from day 11 after the due date, once, 5.00 or 5 % of what is overdue, whichever is
 * higher; 0 when none is charged.
 */
export function lateFee(overdue: number, daysAfterDue: number): number {
  const cents = toCents(overdue);
  if (daysAfterDue <= graceDays || cents < leastOverdue) {
    return 0;
  }
  return toDollars(Math.max(leastFee, Math.round((cents * percent) / 100)));
}
