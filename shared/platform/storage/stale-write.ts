/**
 * A transaction was given up because a record changed since it was read, or an id is taken. Nothing was written.
 * Callers never see it: `retryStale` reads again and decides again.
 */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}
