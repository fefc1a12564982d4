import type { AuditEntry } from '../access/audit.ts';
import { type ChainedEntry, Shard } from '../access/audit-chain.ts';
import { monotonicNow } from '../clock.ts';
import { groupBy } from '../group-by.ts';
import { dayOfEntry, rowOf } from './audit-rows.ts';
import { type Table, transactionLimit } from './table.ts';

interface Waiting {
  readonly entries: readonly AuditEntry[];
  resolve(): void;
  reject(error: unknown): void;
}

/** Milliseconds after which nobody new waits behind a write that hangs. */
const slowAfter = 3_000;

/**
 * Writes the trail of one tenant. One write is under way at a time and takes along whatever came meanwhile, so that a process
 * that ends leaves no gap: what is stored of a shard is always its beginning. After a failure, of which it is not known what
 * was stored, a new shard is begun.
 */
export class AuditWriter {
  readonly #table: () => Promise<Table>;
  readonly #tenant: string;
  #shard: Shard;
  #waiting: Waiting[] = [];
  #last: Promise<void> = Promise.resolve();
  /** When the write that is under way began. */
  #since: number | undefined;

  constructor(tenant: string, table: () => Promise<Table>) {
    this.#tenant = tenant;
    this.#table = table;
    this.#shard = new Shard(tenant);
  }

  /** Whether a write hangs: another writer should be asked. */
  get isSlow(): boolean {
    return this.#since !== undefined && monotonicNow() - this.#since > slowAfter;
  }

  /** Resolves when all of them are stored. */
  write(entries: readonly AuditEntry[]): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
    });
    // attached here, so that the request counts for whoever waits for it
    this.#last = this.#last.then(() => this.#writeWaiting());
    return written;
  }

  async #writeWaiting(): Promise<void> {
    const turn = this.#waiting;
    this.#waiting = [];
    if (turn.length === 0) {
      return;
    }
    this.#since = monotonicNow();
    try {
      await this.#store(turn.flatMap(({ entries }) => entries));
      for (const { resolve } of turn) {
        resolve();
      }
    } catch (error) {
      this.#shard = new Shard(this.#tenant);
      for (const { reject } of turn) {
        reject(error);
      }
    } finally {
      this.#since = undefined;
    }
  }

  /** A transaction for each hundred entries of a day, one after the other. */
  async #store(entries: readonly AuditEntry[]): Promise<void> {
    const table = await this.#table();
    for (const ofDay of groupBy(entries, dayOfEntry).values()) {
      for (let first = 0; first < ofDay.length; first += transactionLimit) {
        const batch = ofDay.slice(first, first + transactionLimit);
        const chained: ChainedEntry[] = batch.map((entry) => this.#shard.chained(entry));
        await table.upsertAll(chained.map(rowOf));
      }
    }
  }
}
