import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '#platform/errors';
import { retryStale } from '#platform/storage/retry';
import type { Receipt, Row } from '../stores/tenant-store.ts';

/** Enough for a crowd on one account: of those who collide, one gets through each time. */
const attempts = 25;

/** A write that only adds to the account. */
export const additiveWrite = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
} as const;

/** A write that replaces a state which the account had; asking for the same state again changes nothing more. */
export const replacingWrite = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
} as const;

/**
 * Reads an account, decides and commits; does all of it again when somebody else changed the account in between.
 * @throws Conflict when others keep getting in between.
 */
export function changeAccount<T>(readDecideCommit: () => Promise<T>): Promise<T> {
  return retryStale(attempts, readDecideCommit);
}

/**
 * Whether a record that an earlier attempt of the same call tried to write is there. When the answer to a write is
 * lost on the way and the write is sent again, storage says "stale" although it was done: doing it anew would do it twice.
 */
export function wasWritten<T>(rows: readonly Row<T>[], record: T | undefined): boolean {
  return record !== undefined && rows.some((row) => isDeepStrictEqual(row.value, record));
}

/** A digest of what was asked for, to tell a repetition of a call from another call under the same key. */
export function digestOf(tool: string, inputs: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([tool, ...inputs]))
    .digest('base64url');
}

/**
 * The answer that was given when the key was used first.
 * @throws Conflict when the key was used for something else.
 */
export function firstAnswer(receipt: Receipt, digest: string): unknown {
  if (receipt.digest !== digest) {
    throw new Conflict(
      'This idempotency_key was used for a call with other arguments; use a new key for a new request.',
    );
  }
  return receipt.answer;
}
