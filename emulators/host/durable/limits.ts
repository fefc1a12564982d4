import { ArgumentError } from './errors.ts';

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

/** The extension's limit, and what is asking for trouble in Azure. */
const LONGEST_ID = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in an id
const FORBIDDEN_IN_ID = /^@|[/\\#?\u0000-\u001f\u007f-\u009f]/;

/** @throws ArgumentError when the text cannot be the id of an instance */
export function checkInstanceId(id: string): void {
  if (id === '' || id.length > LONGEST_ID || FORBIDDEN_IN_ID.test(id)) {
    throw new ArgumentError(
      `Instance ids have 1 to ${LONGEST_ID} characters, no @ at the beginning, and no /, \\, #, ? or control characters.`,
    );
  }
}
