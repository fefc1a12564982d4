import type { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import type { StoredMessage } from './message.ts';
import { isFinished } from './record.ts';
import { Slots } from './slots.ts';

/** Milliseconds between looks at storage. */
const INTERVAL = 500;
/** How often everything unfinished is looked through even if no host died, in milliseconds. */
const SWEEP = 15_000;

/**
 * Looks at storage for what other hosts left: messages for instances of this host, and instances of hosts that died. Messages that this
 * host sends to its own instances do not wait for it.
 */
export class Polling {
  readonly #engine: Engine;
  readonly #context: EngineContext;
  readonly #sweeps = new Slots(1);
  #nextSweep = 0;
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
    this.#cancel = clock.runAt(new Date(clock.now().getTime() + INTERVAL), () => {
      background('look for messages and hosts', () => this.#look().finally(() => this.#schedule()));
    });
  }

  async #look(): Promise<void> {
    const { store, clock, background } = this.#context;
    const hostDied = await this.#engine.presence.update();
    const messages = await store.messages.all();
    for (const message of messages) {
      this.#engine.owned(message.instanceId)?.deliver(message);
    }
    const now = clock.now().getTime();
    if (hostDied || this.#engine.hasLost || now >= this.#nextSweep) {
      this.#nextSweep = now + SWEEP;
      this.#engine.hasLost = false;
      background('look for unfinished instances', () => this.#sweeps.run(() => this.#sweep(messages)));
    }
  }

  async #sweep(messages: readonly StoredMessage[]): Promise<void> {
    const unfinished = await this.#context.store.list('unfinished');
    await Promise.all(unfinished.map((record) => this.#engine.takeOver(record)));
    for (const message of messages) {
      await this.#dropUnlessAwaited(message);
    }
  }

  async #dropUnlessAwaited({ id, instanceId, incarnation }: StoredMessage): Promise<void> {
    const { store } = this.#context;
    const record = await store.read(instanceId);
    if (!record || isFinished(record) || record.incarnation !== incarnation) {
      await store.messages.remove(id);
    }
  }
}
