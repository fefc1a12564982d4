/**
 * With which power of the size a count grows: 0 is flat, 1 is as the size. Fitted by least squares on logarithms.
 * @param counts one for each size; 0 is as good as 1
 */
export function exponent(sizes: readonly number[], counts: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = counts.map((count) => Math.log(Math.max(count, 1)));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, height] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, one, place) => sum + (one - middle) * ((y[place] as number) - height), 0);
  const variance = x.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  const slope = covariance / variance;
  return Math.abs(slope) < 0.005 ? 0 : slope;
}
