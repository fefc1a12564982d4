import type { Properties } from '#platform/storage/table';

/** A row as it is kept. */
export interface KeptRow {
  readonly etag: string;
  readonly properties: Properties;
}

/** The rows of a partition in the order of their keys; those that it was filled with are made when they are read. */
export class Rows {
  readonly keys: string[] = [];
  readonly #kept = new Map<string, KeptRow>();
  #make: ((key: string) => Properties) | undefined;

  /** @param keys in any order, each once */
  fill(keys: Iterable<string>, make: (key: string) => Properties): void {
    for (const key of keys) {
      this.keys.push(key);
    }
    this.keys.sort(); // by code unit, as Table Storage does
    this.#make = make;
  }

  get(key: string): KeptRow | undefined {
    const kept = this.#kept.get(key);
    if (kept !== undefined || this.#make === undefined || this.keys[this.placeOf(key)] !== key) {
      return kept;
    }
    return { etag: 'filled', properties: this.#make(key) };
  }

  set(key: string, row: KeptRow): void {
    const place = this.placeOf(key);
    if (this.keys[place] !== key) {
      this.keys.splice(place, 0, key);
    }
    this.#kept.set(key, row);
  }

  delete(key: string): void {
    this.#kept.delete(key);
    const place = this.placeOf(key);
    if (this.keys[place] === key) {
      this.keys.splice(place, 1);
    }
  }

  /** The first place whose key is not below. */
  placeOf(key: string): number {
    let [low, high] = [0, this.keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] as string) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
