/** A map that keeps the entries used last, so that it cannot grow without bound. */
export class LeastRecentlyUsed<Key, Value extends {}> {
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;
  /** The last one that was used: it is where it belongs. */
  #newest: Key | undefined;

  /** @param capacity most entries, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined && key !== this.#newest) {
      this.set(key, value);
    }
    return value;
  }

  set(key: Key, value: Value): void {
    // A Map iterates in the order of insertion: the first key is the one that was not used for longest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#newest = key;
    if (this.#entries.size > this.#capacity) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
  }
}
