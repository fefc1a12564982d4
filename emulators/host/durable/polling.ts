import { messageOf } from '../../lib/errors.ts';
import type { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { StoredMessage } from './message.ts';
import { isFinished } from './record.ts';
import type { IndexEntry } from './store.ts';

/** Milliseconds between looks at storage: while other hosts may answer what this one just did, and otherwise. */
const FAST = 100;
const SLOW = 1_000;
/** How long after the last turn other hosts may be expected to have something to say, in milliseconds. */
const BUSY = 10_000;
/** How often everything unfinished is looked through even if no host died, in milliseconds. */
const SWEEP = 15_000;
/** A message that no owner took in for so long may be for an instance that has ended; milliseconds. */
const STALE_MESSAGE = 30_000;
const PARALLEL_TAKE_OVERS = 8;

/**
 * Looks at storage for what other hosts left: messages for instances of this host, and instances of hosts that died. Messages that this
 * host sends to its own instances do not wait for it.
 */
export class Polling {
  readonly #engine: Engine;
  readonly #context: EngineContext;
  #lastActivity = Number.NEGATIVE_INFINITY;
  #lastSweep = Number.NEGATIVE_INFINITY;
  #cancel = () => {};
  #stopped = false;

  constructor(engine: Engine, context: EngineContext) {
    this.#engine = engine;
    this.#context = context;
  }

  /** The first look; rejects when storage does not answer. */
  async start(): Promise<void> {
    await this.#look();
    this.#schedule();
  }

  noteActivity(): void {
    this.#lastActivity = this.#context.clock.now().getTime();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #schedule(): void {
    if (this.#stopped) {
      return;
    }
    const { clock, background } = this.#context;
    const now = clock.now().getTime();
    const isBusy = this.#engine.ownsAny && now < this.#lastActivity + BUSY;
    const interval = isBusy && this.#engine.presence.hasCompany ? FAST : SLOW;
    this.#cancel = clock.runAt(new Date(now + interval), () => {
      background('look for messages and hosts', () => this.#look().finally(() => this.#schedule()));
    });
  }

  async #look(): Promise<void> {
    const { presence } = this.#engine;
    const hostDied = await presence.update();
    if (presence.lapsed) {
      await this.#engine.recheck();
      presence.confirm();
    }
    const keys = await this.#context.store.messageKeys();
    await this.#deliver(keys);
    const now = this.#context.clock.now().getTime();
    if (!hostDied && now < this.#lastSweep + SWEEP) {
      return;
    }
    this.#lastSweep = now;
    this.#context.background('look for unfinished instances', () => this.#sweep(keys));
  }

  async #deliver(keys: readonly Pick<StoredMessage, 'id' | 'instanceId'>[]): Promise<void> {
    const instances = new Set<string>();
    for (const { id, instanceId } of keys) {
      const owned = this.#engine.owned(instanceId);
      if (owned && !owned.isKnown(id)) {
        instances.add(instanceId);
      }
    }
    for (const instanceId of instances) {
      const messages = await this.#context.store.messagesFor(instanceId);
      for (const message of messages) {
        this.#engine.owned(instanceId)?.deliver(message);
      }
    }
  }

  async #sweep(keys: readonly Pick<StoredMessage, 'id' | 'instanceId'>[]): Promise<void> {
    const { presence } = this.#engine;
    const entries = await this.#context.store.list({ unfinished: true });
    const orphans = entries.filter(
      ({ instanceId, hostId }) =>
        !this.#engine.owned(instanceId) && (hostId === presence.hostId || !presence.isAlive(hostId)),
    );
    const takeOvers = async () => {
      for (let entry = orphans.shift(); entry && !this.#stopped; entry = orphans.shift()) {
        await this.#adopt(entry);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_TAKE_OVERS }, takeOvers));
    await this.#dropStaleMessages(keys);
  }

  /** One that cannot be taken over must not keep the others waiting. */
  async #adopt(entry: IndexEntry): Promise<void> {
    try {
      await this.#engine.adopt(entry);
    } catch (error) {
      this.#context.turns.warn(
        `Instance '${entry.instanceId}' could not be taken over, and is tried again: ${messageOf(error)}`,
      );
    }
  }

  async #dropStaleMessages(keys: readonly Pick<StoredMessage, 'id' | 'instanceId'>[]): Promise<void> {
    const { store, clock } = this.#context;
    const limit = clock.now().getTime() - STALE_MESSAGE;
    for (const { id, instanceId } of keys) {
      // An id begins with its time in microseconds.
      if (Number.parseInt(id, 10) / 1000 > limit || this.#engine.owned(instanceId)) {
        continue;
      }
      const record = await store.read(instanceId);
      if (!record || isFinished(record)) {
        await store.removeMessages(instanceId, [id]);
      }
    }
  }
}
