/**
 * Work that is done one after the other, beside that of other lanes: most of the time a command is waited for, and there
 * is more than one processor. Tests then ask how each piece went.
 */
export class Lane {
  readonly #done = new Map<string, Promise<void>>();
  #last: Promise<unknown> = Promise.resolve();

  add(name: string, work: () => Promise<void>): void {
    const done = this.#last.then(work);
    // what went wrong is told to whoever asks
    this.#last = done.catch(() => {});
    this.#done.set(name, done);
  }

  async outcomeOf(name: string): Promise<void> {
    const done = this.#done.get(name);
    if (done === undefined) {
      throw new Error(`"${name}" was not begun.`);
    }
    await done;
  }
}
