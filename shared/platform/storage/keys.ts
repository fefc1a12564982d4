import { createHash } from 'node:crypto';

/**
 * Keys of rows. They hold digits, letters, `:`, `-` and `_` only, so none of the characters that Table Storage
 * forbids in a key (`/ \ # ?` and control characters) can appear, whatever a caller sends.
 */

const idDigits = 10;
const largestId = 9_999_999_999;
const timeDigits = 15;

/**
 * An id padded with zeros, so that the order of keys is the order of numbers.
 * @param id 1 to 9,999,999,999
 */
export function paddedId(id: number): string {
  if (!Number.isInteger(id) || id < 1 || id > largestId) {
    throw new RangeError('An id is an integer from 1 to 9,999,999,999.');
  }
  return String(id).padStart(idDigits, '0');
}

/** Row key of a record of one kind, such as `order:0000000123`. */
export function recordKey(kind: string, id: number): string {
  return `${kind}:${paddedId(id)}`;
}

/**
 * Row key of something that happened, such as `securityEvent:000001768478400000:0000000007`. The time comes first:
 * every instance takes ids from its own block, so ids alone do not ascend with time.
 * @param time ISO 8601 in UTC, 1970 or later
 */
export function eventKey(kind: string, time: string, id: number): string {
  const milliseconds = Date.parse(time);
  if (!Number.isInteger(milliseconds) || milliseconds < 0) {
    throw new RangeError('An event needs an ISO 8601 time from 1970 on.');
  }
  return `${kind}:${String(milliseconds).padStart(timeDigits, '0')}:${paddedId(id)}`;
}

/** Row key of a receipt; hashed because callers choose idempotency keys freely. */
export function receiptKey(idempotencyKey: string): string {
  return `receipt:${hashed(idempotencyKey)}`;
}

/** Row key of a user's spending; hashed because ids of users hold characters that keys must not. */
export function spendingKey(spender: string): string {
  return `spending:${hashed(spender)}`;
}

/** For what holds characters that keys must not, or need not be readable. */
export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The range of row keys from the first to the last of these kinds (which must be neighbours in key order): from ≤ key < below. */
export function kindRange(first: string, last = first): { from: string; below: string } {
  // `;` is the character after `:`.
  return { from: `${first}:`, below: `${last};` };
}

/** The kind that a row key begins with. */
export function kindOf(rowKey: string): string {
  return rowKey.slice(0, rowKey.indexOf(':'));
}
