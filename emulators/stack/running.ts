/** What was started, so that all of it is ended, last first. */
export class Running {
  readonly #ends: (() => Promise<unknown>)[] = [];

  add(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  /** Stops everything once; a part that fails to stop does not keep the others from stopping. */
  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) {
      await end().catch(() => {});
    }
  }
}
