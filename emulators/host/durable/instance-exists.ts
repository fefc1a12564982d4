/** An unfinished instance has the id that a new one should get. */
export class InstanceExistsError extends Error {
  override readonly name = 'InstanceExistsError';

  /** @param status of the one that is there */
  constructor(status: string) {
    super(`An Orchestration instance with the status ${status} already exists.`);
  }
}
