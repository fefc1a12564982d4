import { StaleWrite } from '#platform/storage/stale-write';
import { messageOf } from '../../lib/errors.ts';
import type { EngineContext } from './engine-context.ts';
import { InstanceExistsError } from './errors.ts';
import { type Message, newMessageId } from './message.ts';
import { OwnedInstance } from './owned-instance.ts';
import { Presence } from './presence.ts';
import type { HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished, type NewInstance, newRecord, runtimeStatusOf } from './record.ts';

/** All instances of the task hub are in storage; of those whose turns this host takes, it has an object each. */
export class Engine {
  readonly presence: Presence;
  /** Whether an instance of this host could not be stored, and is nobody's until it is taken over. */
  hasLost = false;
  readonly #context: EngineContext;
  readonly #owned = new Map<string, { readonly instance: OwnedInstance; readonly since: number }>();
  #stopped = false;

  constructor(context: EngineContext) {
    this.#context = context;
    this.presence = new Presence(context.store, context.clock);
  }

  owned(instanceId: string): OwnedInstance | undefined {
    return this.#owned.get(instanceId)?.instance;
  }

  /** As it was stored last; of an instance that nobody else can have taken over, without a look at storage. */
  async read(instanceId: string): Promise<Readonly<InstanceRecord> | undefined> {
    const owned = this.#owned.get(instanceId);
    return owned !== undefined && this.presence.hasHeldSince(owned.since)
      ? owned.instance.record
      : await this.#context.store.read(instanceId);
  }

  /**
   * Stores a new instance and begins it. A finished one with the same id is replaced; one of a function that does not exist fails.
   * Throws a TooLargeError for a large input, an InstanceExistsError when the id is in use.
   */
  async start(instance: NewInstance): Promise<InstanceRecord> {
    const { store, clock, inform } = this.#context;
    const { name, instanceId } = instance;
    const record = newRecord(instance, this.presence.hostId, clock.now());
    if (!(await store.create(record))) {
      const existing = await store.read(instanceId);
      const isGone = !existing || (isFinished(existing) && (await store.purge(existing)));
      if (!isGone || !(await store.create(record))) {
        throw new InstanceExistsError(existing ? runtimeStatusOf(existing) : 'Pending');
      }
    }
    inform(instanceId, `Function '${name} (Orchestrator)' scheduled. Reason: NewInstance. State: Scheduled.`);
    this.#own(record, []);
    return record;
  }

  /**
   * Stores a message for an unfinished instance; its owner takes it in soon, at once when that is this host.
   * Throws a TooLargeError.
   */
  async send({ instanceId, incarnation }: Readonly<InstanceRecord>, message: Message): Promise<void> {
    const { store, clock } = this.#context;
    const stored = { id: newMessageId(clock.now()), instanceId, incarnation, message };
    await store.messages.put(stored.id, stored);
    this.owned(instanceId)?.deliver(stored);
  }

  /**
   * Goes on with an unfinished instance, unless another host is at work on it, or faster. Never rejects: one that cannot be taken over
   * must not keep the others waiting.
   */
  async takeOver(before: Readonly<InstanceRecord>): Promise<void> {
    const { store, inform, warn } = this.#context;
    const { instanceId, hostId } = before;
    if (this.#stopped || this.#owned.has(instanceId) || this.presence.isOther(hostId)) {
      return;
    }
    const record = { ...before, hostId: this.presence.hostId, commits: before.commits + 1 };
    try {
      // With this the host before cannot write any more.
      await store.commit(record, []);
      this.#own(record, await store.history(record));
      inform(instanceId, `Taken over from host ${hostId}.`);
    } catch (error) {
      if (!(error instanceof StaleWrite)) {
        warn(`Instance '${instanceId}' could not be taken over, and is tried again: ${messageOf(error)}`);
      }
    }
  }

  /** No more turns; resolves when those that run are stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#owned.values()].map(({ instance }) => instance.stop()));
  }

  #own(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): void {
    const { instanceId } = record;
    // One that was listed in the moment of its start may be taken over already.
    if (this.#stopped || this.#owned.has(instanceId)) {
      return;
    }
    const instance = new OwnedInstance(this.#context, record, history, (lost) => {
      this.#owned.delete(instanceId);
      if (lost !== undefined) {
        this.hasLost = true;
        this.#context.warn(
          `Instance '${instanceId}' could not be stored, and is read again: ${messageOf(lost)}`,
        );
      }
    });
    this.#owned.set(instanceId, { instance, since: this.#context.clock.now().getTime() });
  }
}
