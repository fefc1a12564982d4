import { messageOf } from '../../lib/errors.ts';
import { childFailed, childResult, isSameLink, linkTo } from './children.ts';
import type { EngineContext } from './engine-context.ts';
import { ArgumentError } from './functions.ts';
import { checkInstanceId } from './instance-id.ts';
import { PAYLOAD_LIMIT, payloadTooLarge, TurnTooLargeError } from './limits.ts';
import { type Message, newMessageId } from './message.ts';
import { type InstanceHost, OwnedInstance } from './owned-instance.ts';
import { Presence } from './presence.ts';
import type { EventFields, HistoryEvent } from './protocol.ts';
import {
  finalStatusOf,
  type InstanceRecord,
  isFinished,
  type NewInstance,
  newId,
  newRecord,
  runtimeStatusOf,
} from './record.ts';
import { scheduledEvent } from './scheduling.ts';
import type { IndexEntry, IndexFilter, Tenure } from './store.ts';

/** An unfinished instance has the id that a new one should get. */
export class InstanceExistsError extends Error {
  override readonly name = 'InstanceExistsError';
}

/** What makes a sub-orchestration fail before it begins; anything else is tried again. */
const CHILD_ERRORS = [ArgumentError, InstanceExistsError, TurnTooLargeError];
/** How long until an instance is tried again that storage did not take, in milliseconds. */
const RECOVERY_DELAY = 1000;
/** After how long an instance that is listed and does not exist never will, in milliseconds. */
const UNBORN = 60_000;

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
      startChild: (parent, taskId) => this.#startChild(parent, taskId),
    };
  }

  get ownsAny(): boolean {
    return this.#owned.size > 0;
  }

  owned(instanceId: string): OwnedInstance | undefined {
    return this.#owned.get(instanceId);
  }

  /**
   * Stores a new instance and begins it. A finished one with the same id is replaced.
   * Throws an ArgumentError for an unknown function or a wrong id, an InstanceExistsError when the id is in use.
   */
  async start(
    instance: Omit<NewInstance, 'instanceId' | 'parent'> &
      Partial<Pick<NewInstance, 'instanceId' | 'parent'>>,
  ): Promise<InstanceRecord> {
    const { name } = this.#context.functions.orchestrator(instance.name);
    checkPayload('input', instance.input);
    const instanceId = instance.instanceId ?? newId();
    checkInstanceId(instanceId);
    if (this.#busy.has(instanceId)) {
      throw exists('Pending');
    }
    this.#busy.add(instanceId);
    try {
      if (instance.instanceId !== undefined) {
        await this.#makeRoom(instanceId);
      }
      const now = this.#context.clock.now();
      const record = newRecord({ ...instance, name, instanceId, parent: instance.parent ?? null }, now);
      const tenure = await this.#context.store.create(record, this.presence.hostId);
      if (!tenure) {
        throw exists('Pending');
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

  async list(filter: IndexFilter): Promise<IndexEntry[]> {
    return await this.#context.store.list(filter);
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
    if (!isFinished(record) || !(await this.#context.store.purge(record))) {
      return false;
    }
    await this.#context.store.removeFromIndex(record.instanceId);
    return true;
  }

  /** Takes over an unfinished instance when its owner is dead, and puts one right that ended without being listed as such. */
  async adopt({ instanceId, createdTime }: Pick<IndexEntry, 'instanceId' | 'createdTime'>): Promise<void> {
    if (this.#stopped || this.#owned.has(instanceId) || this.#busy.has(instanceId)) {
      return;
    }
    this.#busy.add(instanceId);
    try {
      const record = await this.#context.store.read(instanceId);
      if (!record) {
        await this.#dropUnborn(instanceId, createdTime);
      } else if (isFinished(record)) {
        await this.#settle(record);
      } else {
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

  /** It was listed, and then its host died before it existed. */
  async #dropUnborn(instanceId: string, createdTime: string): Promise<void> {
    const age = this.#context.clock.now().getTime() - Date.parse(createdTime);
    if (age > UNBORN) {
      await this.#context.store.removeFromIndex(instanceId);
    }
  }

  async #makeRoom(instanceId: string): Promise<void> {
    const existing = await this.read(instanceId);
    if (!existing) {
      return;
    }
    if (!isFinished(existing)) {
      throw exists(runtimeStatusOf(existing));
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
    const { instanceId, createdTime } = fresh;
    const tenure = { hostId, number: before.number + 1 };
    const [history, messages] = [await store.history(fresh), await store.messagesFor(instanceId)];
    await store.index({ instanceId, createdTime, finalStatus: undefined, hostId });
    if (this.#stopped) {
      return;
    }
    this.#context.inform(instanceId, `Taken over from host ${before.hostId}.`);
    const instance = this.#own(fresh, history, tenure);
    for (const message of messages) {
      instance.deliver(message);
    }
    instance.resume();
  }

  #own(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[], tenure: Tenure): OwnedInstance {
    const instance = new OwnedInstance(this.#host, record, history, tenure);
    this.#owned.set(record.instanceId, instance);
    this.#context.noteActivity();
    return instance;
  }

  #finished({ record }: OwnedInstance): void {
    this.#owned.delete(record.instanceId);
    this.#context.inform(record.instanceId, ending(record));
    this.#context.background('note the end of an instance', () => this.#settle(record));
  }

  /** Tells the parent, then the index: whoever finds the index behind does both again. */
  async #settle(record: Readonly<InstanceRecord>): Promise<void> {
    const { instanceId, createdTime, parent } = record;
    const { hostId } = this.presence;
    if (parent) {
      await this.#tellParent(parent);
    }
    await this.#context.store.index({ instanceId, createdTime, finalStatus: finalStatusOf(record), hostId });
  }

  async #tellParent({
    instanceId,
    executionId,
    taskId,
  }: NonNullable<InstanceRecord['parent']>): Promise<void> {
    const owned = this.#owned.get(instanceId);
    if (owned) {
      return owned.childEnded(taskId, executionId);
    }
    const id = newMessageId(this.#context.clock.now());
    await this.#context.store.addMessage({
      id,
      instanceId,
      message: { kind: 'childEnded', taskId, executionId },
    });
  }

  #lost({ record }: OwnedInstance, error: unknown): void {
    this.#owned.delete(record.instanceId);
    const { background, clock, turns } = this.#context;
    turns.warn(`Instance '${record.instanceId}' could not be stored, and is read again: ${messageOf(error)}`);
    clock.runAt(new Date(clock.now().getTime() + RECOVERY_DELAY), () =>
      background('read an instance again', () => this.adopt(record)),
    );
  }

  async #startChild(parent: OwnedInstance, taskId: number): Promise<EventFields | undefined> {
    const task = parent.record.open.find(({ id }) => id === taskId);
    if (task?.kind !== 'child') {
      return undefined;
    }
    const link = linkTo(parent.record, taskId);
    const existing = await this.read(task.instanceId);
    if (existing && isSameLink(existing.parent, link)) {
      return childResult(parent.record, existing);
    }
    const {
      Name: name = '',
      Version: version = '',
      Input: input = null,
    } = scheduledEvent(parent.history, taskId);
    try {
      await this.start({ name, version, input, instanceId: task.instanceId, parent: link });
      return undefined;
    } catch (error) {
      if (CHILD_ERRORS.some((type) => error instanceof type)) {
        return childFailed(taskId, messageOf(error));
      }
      throw error;
    }
  }
}

function ending({ name, status, output }: Readonly<InstanceRecord>): string {
  const what = `Function '${name} (Orchestrator)'`;
  if (status === 'Completed') {
    return `${what} completed. State: Completed.`;
  }
  if (status === 'Terminated') {
    return `${what} was terminated. Reason: ${output ?? ''}. State: Terminated.`;
  }
  return `${what} failed with an error. Reason: ${output ?? ''}. State: Failed.`;
}

function checkPayload(what: string, json: string | null): void {
  const bytes = Buffer.byteLength(json ?? '');
  if (bytes > PAYLOAD_LIMIT) {
    throw new ArgumentError(payloadTooLarge(what, bytes));
  }
}

function exists(status: string): InstanceExistsError {
  return new InstanceExistsError(`An Orchestration instance with the status ${status} already exists.`);
}
