import { StaleWrite } from '#platform/storage/stale-write';
import { messageOf } from '../../lib/errors.ts';
import type { EngineContext } from './engine-context.ts';
import { InstanceExistsError } from './errors.ts';
import { checkInstanceId, checkPayload } from './limits.ts';
import { type Message, newMessageId, type StoredMessage } from './message.ts';
import { OwnedInstance } from './owned-instance.ts';
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

/** How long until an instance is tried again that storage did not take, in milliseconds. */
const RECOVERY_DELAY = 1000;

/** All instances of the task hub are in storage; of those whose turns this host takes, it has an object each. */
export class Engine {
  readonly presence: Presence;
  readonly #context: EngineContext;
  readonly #owned = new Map<string, OwnedInstance>();
  /** Ids that are being taken over. */
  readonly #busy = new Set<string>();
  #stopped = false;

  constructor(context: EngineContext) {
    this.#context = context;
    this.presence = new Presence(context.store, context.clock);
  }

  owned(instanceId: string): OwnedInstance | undefined {
    return this.#owned.get(instanceId);
  }

  /**
   * Stores a new instance and begins it. A finished one with the same id is replaced; one of a function that does not exist fails.
   * Throws an ArgumentError for a wrong id or a large input, an InstanceExistsError when the id is in use.
   */
  async start(instance: NewInstance): Promise<InstanceRecord> {
    const { store, clock, inform } = this.#context;
    const { name, input, instanceId = newId() } = instance;
    checkPayload('input', input);
    checkInstanceId(instanceId);
    const existing = instance.instanceId && (await store.read(instanceId));
    if (existing && !isFinished(existing)) {
      throw new InstanceExistsError(runtimeStatusOf(existing));
    }
    if (existing) {
      await store.purge(existing);
    }
    const record = newRecord({ name, input, instanceId }, this.presence.hostId, clock.now());
    if (!(await store.create(record))) {
      throw new InstanceExistsError('Pending');
    }
    inform(instanceId, `Function '${name} (Orchestrator)' scheduled. Reason: NewInstance. State: Scheduled.`);
    this.#own(record, [], []);
    return record;
  }

  /** As it was stored last; undefined when there is none. */
  async read(instanceId: string): Promise<Readonly<InstanceRecord> | undefined> {
    return await this.#context.store.read(instanceId);
  }

  async history(record: Readonly<InstanceRecord>): Promise<readonly HistoryEvent[]> {
    return await this.#context.store.history(record);
  }

  /** All instances, in the order of their ids. */
  async list(): Promise<readonly Readonly<InstanceRecord>[]> {
    return await this.#context.store.list('all');
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

  /** Takes over an unfinished instance, unless another host is at work on it. */
  async adopt(instanceId: string): Promise<void> {
    if (this.#stopped || this.#owned.has(instanceId) || this.#busy.has(instanceId)) {
      return;
    }
    this.#busy.add(instanceId);
    try {
      const record = await this.#context.store.read(instanceId);
      if (record && !isFinished(record) && !this.presence.isOther(record.hostId)) {
        await this.#takeOver(record);
      }
    } catch (error) {
      // Another host was faster.
      if (!(error instanceof StaleWrite)) {
        throw error;
      }
    } finally {
      this.#busy.delete(instanceId);
    }
  }

  /** No more turns; resolves when those that run are stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#owned.values()].map((instance) => instance.stop()));
  }

  async #takeOver(before: Readonly<InstanceRecord>): Promise<void> {
    const { store, inform } = this.#context;
    const record = { ...before, hostId: this.presence.hostId, commits: before.commits + 1 };
    // With this the host before cannot write any more.
    await store.commit(record, []);
    const [history, messages] = [await store.history(record), await store.messages()];
    inform(record.instanceId, `Taken over from host ${before.hostId}.`);
    this.#own(record, history, messages);
  }

  #own(
    record: Readonly<InstanceRecord>,
    history: readonly HistoryEvent[],
    messages: readonly StoredMessage[],
  ): void {
    const { instanceId } = record;
    // One that was listed in the moment of its start may be taken over already.
    if (this.#stopped || this.#owned.has(instanceId)) {
      return;
    }
    const instance = new OwnedInstance(this.#context, record, history, {
      finished: (end) => {
        this.#owned.delete(instanceId);
        this.#context.inform(instanceId, ending(end));
      },
      lost: (error) => {
        this.#owned.delete(instanceId);
        this.#tryAgain(instanceId, error);
      },
    });
    this.#owned.set(instanceId, instance);
    for (const message of messages.filter((one) => one.instanceId === instanceId)) {
      instance.deliver(message);
    }
    instance.resume();
  }

  #tryAgain(instanceId: string, error: unknown): void {
    const { background, clock, turns } = this.#context;
    turns.warn(`Instance '${instanceId}' could not be stored, and is read again: ${messageOf(error)}`);
    clock.runAt(new Date(clock.now().getTime() + RECOVERY_DELAY), () =>
      background('read an instance again', () => this.adopt(instanceId)),
    );
  }
}

/** How an instance ended, as the extension writes it to the log. */
function ending({ name, status, output }: Readonly<InstanceRecord>): string {
  const how = { Terminated: 'was terminated', Failed: 'failed with an error' }[String(status)];
  const end = how === undefined ? 'completed.' : `${how}. Reason: ${output ?? ''}.`;
  return `Function '${name} (Orchestrator)' ${end} State: ${status}.`;
}
