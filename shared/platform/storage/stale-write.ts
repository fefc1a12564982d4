/**
 * A transaction was given up because a record changed since it was read, or an id is taken. Nothing was written.
 * Not for callers: read again and decide again, which `retryStale` does.
 */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}
