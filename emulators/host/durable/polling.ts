import { messageOf } from '../../lib/errors.ts';
import type { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { StoredMessage } from './message.ts';
import { isFinished } from './record.ts';

/** Milliseconds between looks at storage: while other hosts are there, and otherwise. */
const FAST = 200;
const SLOW = 1_000;
/** How often everything unfinished is looked through even if no host died, in milliseconds. */
const SWEEP = 15_000;
/** A message that no owner took in for so long may be for an instance that has ended; milliseconds. */
const STALE_MESSAGE = 30_000;

/**
 * Looks at storage for what other hosts left: messages for instances of this host, and instances of hosts that died. Messages that this
 * host sends to its own instances do not wait for it.
 */
export class Polling {
  readonly #engine: Engine;
  readonly #context: EngineContext;
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

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #schedule(): void {
    if (this.#stopped) {
      return;
    }
    const { clock, background } = this.#context;
    const interval = this.#engine.presence.hasCompany ? FAST : SLOW;
    this.#cancel = clock.runAt(new Date(clock.now().getTime() + interval), () => {
      background('look for messages and hosts', () => this.#look().finally(() => this.#schedule()));
    });
  }

  async #look(): Promise<void> {
    const { store, clock, background } = this.#context;
    const hostDied = await this.#engine.presence.update();
    const messages = await store.messages();
    for (const message of messages) {
      this.#engine.owned(message.instanceId)?.deliver(message);
    }
    const now = clock.now().getTime();
    if (hostDied || now >= this.#lastSweep + SWEEP) {
      this.#lastSweep = now;
      background('look for unfinished instances', () => this.#sweep(messages));
    }
  }

  async #sweep(messages: readonly StoredMessage[]): Promise<void> {
    const unfinished = await this.#context.store.list('unfinished');
    // storage takes only so many requests at the same time
    const free = unfinished.filter(({ hostId }) => !this.#engine.presence.isOther(hostId));
    await Promise.all(free.map(({ instanceId }) => this.#adopt(instanceId)));
    const limit = this.#context.clock.now().getTime() - STALE_MESSAGE;
    // An id begins with its time in microseconds.
    for (const message of messages.filter(({ id }) => Number.parseInt(id, 10) / 1000 <= limit)) {
      await this.#dropUnlessAwaited(message);
    }
  }

  /** One that cannot be taken over must not keep the others waiting. */
  async #adopt(instanceId: string): Promise<void> {
    try {
      await this.#engine.adopt(instanceId);
    } catch (error) {
      this.#context.turns.warn(
        `Instance '${instanceId}' could not be taken over, and is tried again: ${messageOf(error)}`,
      );
    }
  }

  async #dropUnlessAwaited(message: StoredMessage): Promise<void> {
    const { store } = this.#context;
    const record = await store.read(message.instanceId);
    if (!record || isFinished(record) || record.incarnation !== message.incarnation) {
      await store.removeMessage(message);
    }
  }
}
