import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { isRunning } from '../../lib/is-running.ts';
import type { Clock } from '../clock.ts';
import type { DurableStore, HostEntry } from './store.ts';

/** How long after its last heartbeat a host counts as dead, and how often it sends one; milliseconds. */
const LEASE = 10_000;
const RENEWAL = 2_000;

/**
 * Which hosts share the storage. Each keeps one row alive, and with it its hold on everything that it owns: a lease per host, not per
 * instance, so that a thousand waiting instances cost nothing. Leases only decide who should work; that nobody else can write is
 * what the numbers of commits are for.
 */
export class Presence {
  readonly hostId = `${os.hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  readonly #store: DurableStore;
  readonly #clock: Clock;
  #others = new Set<string>();
  #renewed = Number.NEGATIVE_INFINITY;
  /** Since when the lease has not run out. */
  #heldSince = Number.NEGATIVE_INFINITY;

  constructor(store: DurableStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Sends a heartbeat when one is due, and reads those of the others. True when one of them has gone. */
  async update(): Promise<boolean> {
    const now = this.#clock.now().getTime();
    if (now >= this.#renewed + RENEWAL) {
      await this.#announce(now + LEASE);
      if (now >= this.#renewed + LEASE) {
        this.#heldSince = now;
      }
      this.#renewed = now;
    }
    const before = this.#others;
    const others = (await this.#store.hosts.all()).filter(({ hostId }) => hostId !== this.hostId);
    const dead = others.filter((entry) => !this.#isAlive(entry));
    this.#others = new Set(others.filter((entry) => !dead.includes(entry)).map(({ hostId }) => hostId));
    for (const { hostId } of dead) {
      await this.#store.hosts.remove(hostId);
    }
    return dead.length > 0 || [...before].some((hostId) => !this.#others.has(hostId));
  }

  /** Whether no other host can have taken over what this one owns since then; milliseconds since the epoch. */
  hasHeldSince(moment: number): boolean {
    return moment >= this.#heldSince && this.#clock.now().getTime() < this.#renewed + LEASE;
  }

  /** Whether another host, which is alive, takes the turns of what it owns. */
  isOther(hostId: string): boolean {
    return this.#others.has(hostId);
  }

  /** From now on the others may take what this host owned. The row stays, so that they see that somebody left. */
  async leave(): Promise<void> {
    await this.#announce(this.#clock.now().getTime());
  }

  async #announce(until: number): Promise<void> {
    await this.#store.hosts.put(this.hostId, {
      hostId: this.hostId,
      machine: os.hostname(),
      pid: process.pid,
      expires: new Date(until).toISOString(),
    });
  }

  #isAlive({ machine, pid, expires }: HostEntry): boolean {
    if (Date.parse(expires) <= this.#clock.now().getTime()) {
      return false;
    }
    // A host that was killed on this machine need not be waited for.
    return machine !== os.hostname() || isRunning(pid);
  }
}
