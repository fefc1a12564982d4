import { messageOf } from '../../lib/errors.ts';
import { ending } from './ending.ts';
import type { EngineContext } from './engine-context.ts';
import { InstanceExistsError } from './instance-exists.ts';
import { checkInstanceId } from './instance-id.ts';
import { checkPayload } from './limits.ts';
import { type Message, newMessageId } from './message.ts';
import { type InstanceHost, OwnedInstance } from './owned-instance.ts';
import { Presence } from './presence.ts';
import type { HistoryEvent } from './protocol.ts';
import {
  type InstanceRecord,
  isFinished,
  type NewInstance,
  newId,
  newRecord,
  runtimeStatusOf,
} from './record.ts';
import type { Tenure } from './store.ts';

/** How long until an instance is tried again that storage did not take, in milliseconds. */
const RECOVERY_DELAY = 1000;

/** All instances of the task hub: those that this host owns in memory, the others in storage. */
export class Engine {
  readonly presence: Presence;
  readonly #context: EngineContext;
  readonly #host: InstanceHost;
  readonly #owned = new Map<string, OwnedInstance>();
  /** Ids that are being started or taken over. */
  readonly #busy = new Set<string>();
  #stopped = false;

  constructor(context: EngineContext) {
    this.#context = context;
    this.presence = new Presence(context.store, context.clock);
    this.#host = {
      context,
      finished: (instance) => this.#finished(instance),
      lost: (instance, error) => this.#lost(instance, error),
    };
  }

  owned(instanceId: string): OwnedInstance | undefined {
    return this.#owned.get(instanceId);
  }

  /**
   * Stores a new instance and begins it. A finished one with the same id is replaced; one of a function that does not exist fails.
   * Throws an ArgumentError for a wrong id or a large input, an InstanceExistsError when the id is in use.
   */
  async start(instance: NewInstance): Promise<InstanceRecord> {
    const { name, input, instanceId = newId() } = instance;
    checkPayload('input', input);
    checkInstanceId(instanceId);
    if (this.#busy.has(instanceId)) {
      throw new InstanceExistsError('Pending');
    }
    this.#busy.add(instanceId);
    try {
      if (instance.instanceId !== undefined) {
        await this.#makeRoom(instanceId);
      }
      const record = newRecord({ name, input, instanceId }, this.#context.clock.now());
      const tenure = await this.#context.store.create(record, this.presence.hostId);
      if (!tenure) {
        throw new InstanceExistsError('Pending');
      }
      this.#context.inform(
        instanceId,
        `Function '${name} (Orchestrator)' scheduled. Reason: NewInstance. State: Scheduled.`,
      );
      this.#own(record, [], tenure).resume();
      return record;
    } finally {
      this.#busy.delete(instanceId);
    }
  }

  /** As it was stored last; undefined when there is none. */
  async read(instanceId: string): Promise<Readonly<InstanceRecord> | undefined> {
    const owned = this.presence.holdsLease ? this.#owned.get(instanceId) : undefined;
    return owned ? owned.record : await this.#context.store.read(instanceId);
  }

  async history(record: Readonly<InstanceRecord>): Promise<readonly HistoryEvent[]> {
    return await this.#context.store.history(record);
  }

  /** The ids of all instances, in their order. */
  async list(): Promise<string[]> {
    return (await this.#context.store.list('all')).map(({ instanceId }) => instanceId);
  }

  /**
   * Stores a message for an unfinished instance; its owner takes it in soon, at once when that is this host.
   * Throws an ArgumentError when it is too large.
   */
  async send({ instanceId, incarnation }: Readonly<InstanceRecord>, message: Message): Promise<void> {
    if (message.kind === 'event') {
      checkPayload('event', message.input);
    }
    const stored = { id: newMessageId(this.#context.clock.now()), instanceId, incarnation, message };
    await this.#context.store.addMessage(stored);
    this.#owned.get(instanceId)?.deliver(stored);
  }

  /** Removes a finished instance. False when it is not finished, or gone already. */
  async purge(record: Readonly<InstanceRecord>): Promise<boolean> {
    return isFinished(record) && (await this.#context.store.purge(record));
  }

  /** Takes over an unfinished instance when its owner is dead. */
  async adopt(instanceId: string): Promise<void> {
    if (this.#stopped || this.#owned.has(instanceId) || this.#busy.has(instanceId)) {
      return;
    }
    this.#busy.add(instanceId);
    try {
      const record = await this.#context.store.read(instanceId);
      if (record && !isFinished(record)) {
        await this.#takeOver(record);
      }
    } finally {
      this.#busy.delete(instanceId);
    }
  }

  /** Lets go of instances that other hosts took over while this one was silent, for example on a machine that slept. */
  async recheck(): Promise<void> {
    for (const [instanceId, instance] of this.#owned) {
      const current = await this.#context.store.tenure(instance.record);
      if (current?.hostId === this.presence.hostId && current.number === instance.tenure.number) {
        continue;
      }
      this.#owned.delete(instanceId);
      await instance.stop();
    }
  }

  /** No more turns; resolves when those that run are stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#owned.values()].map((instance) => instance.stop()));
  }

  async #makeRoom(instanceId: string): Promise<void> {
    const existing = await this.read(instanceId);
    if (!existing) {
      return;
    }
    if (!isFinished(existing)) {
      throw new InstanceExistsError(runtimeStatusOf(existing));
    }
    await this.#context.store.purge(existing);
  }

  async #takeOver(record: Readonly<InstanceRecord>): Promise<void> {
    const { store } = this.#context;
    const { hostId } = this.presence;
    const before = await store.tenure(record);
    if (!before) {
      return;
    }
    if (before.hostId !== hostId && this.presence.isAlive(before.hostId)) {
      return;
    }
    if (!(await store.takeOver(record, before, hostId))) {
      return;
    }
    // Read again: only now nobody else can write any more.
    const fresh = await store.read(record.instanceId);
    if (!fresh) {
      return;
    }
    const { instanceId } = fresh;
    const tenure = { hostId, number: before.number + 1 };
    const [history, messages] = [await store.history(fresh), await store.messages()];
    if (this.#stopped) {
      return;
    }
    this.#context.inform(instanceId, `Taken over from host ${before.hostId}.`);
    const instance = this.#own(fresh, history, tenure);
    for (const message of messages.filter((one) => one.instanceId === instanceId)) {
      instance.deliver(message);
    }
    instance.resume();
  }

  #own(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[], tenure: Tenure): OwnedInstance {
    const instance = new OwnedInstance(this.#host, record, history, tenure);
    this.#owned.set(record.instanceId, instance);
    return instance;
  }

  #finished({ record }: OwnedInstance): void {
    this.#owned.delete(record.instanceId);
    this.#context.inform(record.instanceId, ending(record));
  }

  #lost({ record }: OwnedInstance, error: unknown): void {
    this.#owned.delete(record.instanceId);
    const { background, clock, turns } = this.#context;
    turns.warn(`Instance '${record.instanceId}' could not be stored, and is read again: ${messageOf(error)}`);
    clock.runAt(new Date(clock.now().getTime() + RECOVERY_DELAY), () =>
      background('read an instance again', () => this.adopt(record.instanceId)),
    );
  }
}
