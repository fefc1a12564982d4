/** A function name that the app does not have, or an argument that is wrong. */
export class ArgumentError extends Error {
  override readonly name: string = 'ArgumentError';
}

/** An unfinished instance has the id that a new one should get. */
export class InstanceExistsError extends Error {
  override readonly name = 'InstanceExistsError';

  /** @param status of the one that is there */
  constructor(status: string) {
    super(`An Orchestration instance with the status ${status} already exists.`);
  }
}

/** The most that one transaction takes, in bytes of its JSON. Table Storage allows 4 MiB with everything around it. */
export const TRANSACTION_LIMIT = 3.5 * 1024 * 1024;

/** More than fits into a transaction: what is large goes to blobs in Azure, and here there are tables only. For the app's developer. */
export class TooLargeError extends ArgumentError {
  override readonly name = 'TooLargeError';

  constructor(bytes: number) {
    super(
      `This would store ${bytes} bytes at once (inputs of newly scheduled activities included), and the local host stores at most ${TRANSACTION_LIMIT}: keep the data elsewhere, and pass where it is.`,
    );
  }
}

/** An action or operation that exists, and that this host does not have. */
export function notEmulated(what: string): string {
  return `${what} is not emulated by this local host: try it in Azure, or under Core Tools.`;
}
