/** Whether somebody has asked this process to end; the second time it ends at once. */
export class StopAsked {
  readonly #controller = new AbortController();
  /** Aborts when it was asked. */
  readonly signal = this.#controller.signal;
  /** Resolves when it was asked. */
  readonly asked: Promise<'asked'>;

  constructor() {
    this.asked = new Promise((resolve) => {
      this.signal.addEventListener('abort', () => resolve('asked'), { once: true });
    });
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => this.#controller.abort());
    }
  }
}
