/**
 * The signal of one call: aborted when its caller is gone, or when it has run out of time. Signals are made only when
 * somebody looks at one, because they cost more than a short call that nobody ends.
 */
export class CallSignal {
  readonly #caller: AbortSignal;
  #late: AbortController | undefined;
  #signal: AbortSignal | undefined;

  constructor(caller: AbortSignal) {
    this.#caller = caller;
  }

  get signal(): AbortSignal {
    this.#late ??= new AbortController();
    this.#signal ??= AbortSignal.any([this.#caller, this.#late.signal]);
    return this.#signal;
  }

  /** The call has run out of time. */
  expire(): void {
    this.#late ??= new AbortController();
    this.#late.abort();
  }
}
