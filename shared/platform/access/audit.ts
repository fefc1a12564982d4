import type { Actor } from '../identity/actor.ts';

/** One line of the audit trail. It says who did what and how it ended; it holds no values of arguments or results. */
export interface AuditEntry {
  /** Unique; written again, with how it ended, it completes an entry that was begun. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Tenant slug; undefined when the caller could not be verified. */
  readonly tenant: string | undefined;
  /** `tid:oid`; empty when the caller could not be verified. */
  readonly user: string;
  /** Client id of the calling application. */
  readonly application: string;
  /** Whether a person, an agent or another program acted, where that is known. */
  readonly actor?: Actor | undefined;
  /** Client id of the application that the agent is made from. */
  readonly parentApplication?: string | undefined;
  /** Who chose the call: the caller, or an expert on the caller's behalf. */
  readonly by: 'caller' | 'expert';
  readonly tool: string;
  /** The former name of the tool by which it was called, if it was. */
  readonly calledAs?: string | undefined;
  readonly decision: 'allowed' | 'denied';
  readonly reason: string;
  /** Keyed digest of the arguments: equal arguments of one tenant can be recognised, values cannot be read. */
  readonly argumentDigest: string;
  /** How the call ended: `ok`, the code of a failure, or `started` when the process ended before the call did. */
  readonly outcome: string;
  readonly durationMs: number;
  /** Joins what belongs together: a question to an expert, the calls made for it, a call and its confirmation. */
  readonly correlationId: string;
  /** Unique id of the access token, where it has one: of a sign-in, the one that was given; of a call, the one that came. */
  readonly token?: string | undefined;
  /** Tokens that models read and wrote for the call, where it asked any. */
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  /** What they cost by the price list, in its currency (ISO 4217). */
  readonly cost?: number | undefined;
  readonly currency?: string | undefined;
  /** How many requests the entry stands for; one when left out. */
  readonly count?: number;
}

/** Where entries are kept. Nothing that was written is ever changed: the end of an entry is written beside its beginning. */
export interface AuditStore {
  write(entries: readonly AuditEntry[]): Promise<void>;
}

/** Milliseconds that entries are gathered for; a batch costs as much as one entry. */
const gatherFor = 250;
/** Entries of one tenant that make a whole transaction: waiting for more of them would only take memory. */
const wholeWrite = 100;
/** Entries that are kept while storage does not answer; a flood of refused requests must not fill the memory. */
const mostWaiting = 5_000;

/**
 * The audit trail. Records of reads are enqueued and written soon after; those of writes are written before the answer.
 */
export class AuditTrail {
  readonly #store: AuditStore;
  readonly #onLost: (entries: number) => void;
  readonly #apart: <T>(work: () => T) => T;
  /** By id: of two states of one entry, the later one counts, and an entry that changes often takes one place. */
  #waiting = new Map<string, AuditEntry>();
  /** How many are waiting of each tenant. */
  #counts = new Map<string | undefined, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Something is being written, or could not be: what more comes waits for the timer. */
  #isBusy = false;
  #flushing: Promise<void> = Promise.resolve();

  /**
   * @param onLost told how many entries could not be kept
   * @param apart runs what belongs to no caller: enqueued entries of many are written together, later
   */
  constructor(
    store: AuditStore,
    onLost: (entries: number) => void,
    apart: <T>(work: () => T) => T = (work) => work(),
  ) {
    this.#store = store;
    this.#onLost = onLost;
    this.#apart = apart;
  }

  /** Keeps an entry to be written within a moment; does not wait for storage. */
  enqueue(entry: AuditEntry): void {
    const isNew = !this.#waiting.has(entry.id);
    if (isNew && this.#waiting.size >= mostWaiting) {
      this.#onLost(1);
      return;
    }
    this.#waiting.set(entry.id, entry);
    this.#timer ??= this.#apart(() => setTimeout(() => void this.flush(), gatherFor).unref());
    const count = (this.#counts.get(entry.tenant) ?? 0) + (isNew ? 1 : 0);
    this.#counts.set(entry.tenant, count);
    if (count >= wholeWrite && !this.#isBusy) {
      this.#isBusy = true;
      this.#apart(() => void this.flush());
    }
  }

  /** Resolves when the entry is stored. @throws Unavailable when it cannot be */
  async write(entry: AuditEntry): Promise<void> {
    await this.#store.write([entry]);
  }

  /** Writes what is waiting. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#writeWaiting());
    return this.#flushing;
  }

  async #writeWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#counts.clear();
    this.#isBusy = entries.length > 0;
    if (!this.#isBusy) {
      return;
    }
    try {
      await this.#store.write(entries);
      this.#isBusy = false;
    } catch {
      const older = entries.filter(({ id }) => !this.#waiting.has(id));
      const kept = older.slice(0, mostWaiting - this.#waiting.size);
      if (kept.length < older.length) {
        this.#onLost(older.length - kept.length);
      }
      this.#waiting = new Map([...kept.map((entry) => [entry.id, entry] as const), ...this.#waiting]);
      this.#timer ??= setTimeout(() => void this.flush(), gatherFor * 20).unref();
    }
  }
}
