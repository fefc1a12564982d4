import { ArgumentError } from './functions.ts';

/**
 * The largest input, output, event or result of an activity, in bytes of UTF-8. The extension moves larger ones than 45 KB to blobs;
 * here they are in the tables, and a turn must fit into one transaction.
 */
export const PAYLOAD_LIMIT = 1024 * 1024;

/** The most that one transaction takes, in bytes of its JSON. Table Storage allows 4 MiB with everything around it. */
export const TRANSACTION_LIMIT = 3.5 * 1024 * 1024;

/** Something needs more than fits into a transaction. The message is for the app's developer. */
export class TurnTooLargeError extends Error {
  override readonly name = 'TurnTooLargeError';

  constructor(bytes: number) {
    super(
      `This would store ${bytes} bytes at once (inputs of newly scheduled activities included), and the local host stores at most ${TRANSACTION_LIMIT}: keep the data elsewhere, and pass where it is.`,
    );
  }
}

/** @throws ArgumentError when the payload, JSON or null for none, is too large to be stored */
export function checkPayload(what: string, json: string | null): void {
  const bytes = Buffer.byteLength(json ?? '');
  if (bytes > PAYLOAD_LIMIT) {
    throw new ArgumentError(payloadTooLarge(what, bytes));
  }
}

export function payloadTooLarge(what: string, bytes: number): string {
  return `The ${what} has ${bytes} bytes, and the local host stores at most ${PAYLOAD_LIMIT}: keep the data elsewhere, and pass where it is.`;
}
