/** The middle value; the mean of the middle two when there is an even number. @throws RangeError without values */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/**
 * The value below which `percent` of the values lie, interpolated between neighbours.
 * @param percent 0 to 100
 * @throws RangeError without values
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = ((sorted.length - 1) * percent) / 100;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) {
    throw new RangeError('There are no values.');
  }
  return lower + (upper - lower) * (position - Math.floor(position));
}

/** The median of what was measured, and between what the true one lies. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** How sure it must be that the true median lies within a spread. */
const confidence = 0.9;

/**
 * The median with its distribution-free confidence interval: two of the ordered values, as near to the middle as the
 * binomial distribution allows; the least and the greatest when there are fewer than five.
 * (W. J. Conover, Practical Nonparametric Statistics, "confidence interval for a quantile")
 * @throws RangeError without values
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const left = leftOut(sorted.length);
  return {
    median: median(sorted),
    low: sorted[left] as number,
    high: sorted[sorted.length - 1 - left] as number,
  };
}

/** How many values may be left out at each end: each lies below the true median as a coin falls. */
function leftOut(count: number): number {
  let outside = 0;
  let exactly = 0.5 ** count;
  for (let left = 0; left < count / 2; left += 1) {
    outside += 2 * exactly;
    if (1 - outside < confidence) {
      return Math.max(0, left - 1);
    }
    exactly = (exactly * (count - left)) / (left + 1);
  }
  return 0;
}

/** The quotients of two series that were measured side by side, round by round. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators.map((value, round) => value / (denominators[round] ?? Number.NaN));
}

/** The median of those quotients, and its spread. */
export function ratioSpread(numerators: readonly number[], denominators: readonly number[]): Spread {
  return spreadOf(ratios(numerators, denominators));
}

/** Values that are compared with as many before them, by their medians: one that was disturbed must not count. */
const group = 3;

/** Whether what is being warmed up has stopped becoming cheaper: the last three values against the three before them. */
export function isSteady(values: readonly number[]): boolean {
  const last = values.slice(-group);
  const before = values.slice(-2 * group, -group);
  return before.length === group && median(last) > 0.97 * median(before);
}

/** By which share two values differ. */
export function difference(one: number, other: number): number {
  return Math.max(one, other) / Math.min(one, other) - 1;
}
