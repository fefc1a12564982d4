/**
 * Amounts are dollars at the edges and whole cents in between: 0.1 + 0.2 is not 0.3 in binary fractions.
 */

/** Cents of an amount in dollars, rounded to the nearest cent; for amounts that are known to be money already. */
export function toCents(dollars: number): number {
  return Math.round(dollars * 100);
}

/** Dollars of a whole number of cents. */
export function toDollars(cents: number): number {
  return cents / 100;
}

/**
 * Cents of an amount that somebody typed; undefined when it is not finite or has more than two decimals.
 * The shortest decimal text of a number is what was typed, so 19.99 passes and 19.999 does not.
 */
export function parseAmount(dollars: number): number | undefined {
  return /^-?\d{1,13}(\.\d{1,2})?$/.test(String(dollars)) ? toCents(dollars) : undefined;
}

/** The sum of amounts in dollars, as cents. */
export function sumCents(amounts: readonly number[]): number {
  return amounts.reduce((cents, amount) => cents + toCents(amount), 0);
}

/** An amount in dollars as people read it, such as `$19.90`. */
export function formatMoney(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
