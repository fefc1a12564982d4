import { isDeepStrictEqual } from 'node:util';
import { otherArguments } from '#platform/idempotency';
import { callerKey } from '#platform/mcp/definitions/inputs';
import { retryStale } from '#platform/storage/retry';
import type { ToolCall } from '../define.ts';
import type { Account, Change, Receipt, Row } from '../stores/tenant-store.ts';

/** What every tool takes that changes something: the key is the caller's own, and means nothing to anybody else. */
export const idempotencyKey = callerKey(
  'Made up by you, one for each request that is meant. Give the same key when you repeat a call whose answer you did not get: it is then carried out once only.',
).optional();

/** The caller's idempotency key as it is kept: a key of somebody else is another one. */
export function receiptKeyOf({ principal }: ToolCall, key: string | undefined): string | undefined {
  return key === undefined ? undefined : JSON.stringify([principal.user, key]);
}

/** The step of a transaction that keeps what is answered under the caller's key; none without a key. */
export function receiptFor(key: string | undefined, digest: string, answer: unknown): Change[] {
  return key === undefined ? [] : [{ receipt: { key, digest, answer } }];
}

const reads = new WeakMap<ToolCall, Promise<unknown>>();

/** Reads for the confirmation of a call what its handler decides on as well. */
export async function readAhead<T>(call: ToolCall, read: () => Promise<T>): Promise<T> {
  const reading = (reads.get(call) as Promise<T> | undefined) ?? read();
  reads.set(call, reading);
  return await reading;
}

/** Whether the account that is read has an answer under the caller's key: then the call was carried out before. */
export async function hasReceipt(
  call: ToolCall,
  read: () => Promise<{ readonly account: Account }>,
): Promise<boolean> {
  return (await readAhead(call, read)).account.receipt !== undefined;
}

/** What was read ahead for this call, once; whoever has to decide again gets it read anew. */
export async function readOrTake<T>(call: ToolCall, read: () => Promise<T>): Promise<T> {
  const reading = reads.get(call) as Promise<T> | undefined;
  reads.delete(call);
  return await (reading ?? read());
}

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

/**
 * The answer that was given when the key was used first.
 * @throws Conflict when the key was used for something else.
 */
export function firstAnswer(receipt: Receipt, digest: string): unknown {
  if (receipt.digest !== digest) {
    throw otherArguments();
  }
  return receipt.answer;
}
