/** A function name that the app does not have, or an argument that is wrong. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** An unfinished instance has the id that a new one should get. */
export class InstanceExistsError extends Error {
  override readonly name = 'InstanceExistsError';

  /** @param status of the one that is there */
  constructor(status: string) {
    super(`An Orchestration instance with the status ${status} already exists.`);
  }
}

/** An action or operation that exists, and that this host does not have. */
export function notEmulated(what: string): string {
  return `${what} is not emulated by this local host: it works in Azure and under Core Tools.`;
}
