import { messageOf } from '../../lib/errors.ts';
import { applyControl, isControl } from './control.ts';
import { type Draft, finish, openDraft } from './draft.ts';
import type { EngineContext } from './engine-context.ts';
import { TurnTooLargeError } from './limits.ts';
import type { Message, StoredMessage } from './message.ts';
import { OpenTasks } from './open-tasks.ts';
import { type EventFields, EventType, type HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import type { Tenure } from './store.ts';
import { takeTurn } from './turn.ts';

/** Turns that one commit may hold: what queued up while the commit before was on its way. */
const TURNS_PER_COMMIT = 32;
/** A commit is closed when the events that it adds have so many characters, so that many results do not exceed a transaction. */
const CHARACTERS_PER_COMMIT = 256 * 1024;

type Delivery = { readonly event: EventFields } | { readonly stored: StoredMessage };

/** What an instance needs of the engine around it. */
export interface InstanceHost {
  readonly context: EngineContext;
  /** Its record says that it is finished. */
  finished(instance: OwnedInstance): void;
  /** It could not be stored: another host has it, or nobody knows. It takes no more turns. */
  lost(instance: OwnedInstance, error: unknown): void;
}

/**
 * An unfinished instance that this host owns: takes its turns one after another and runs what they schedule.
 * Nothing starts before the turn that asked for it is stored.
 */
export class OwnedInstance {
  #record: Readonly<InstanceRecord>;
  #history: readonly HistoryEvent[];
  readonly tenure: Tenure;
  readonly #host: InstanceHost;
  readonly #openTasks: OpenTasks;
  readonly #inbox: Delivery[] = [];
  /** Messages that were delivered to this object, taken in or not. */
  readonly #known = new Set<string>();
  #removed: readonly string[] = [];
  #pumping: Promise<void> | undefined;
  #stopped = false;

  constructor(
    host: InstanceHost,
    record: Readonly<InstanceRecord>,
    history: readonly HistoryEvent[],
    tenure: Tenure,
  ) {
    this.#host = host;
    this.#record = record;
    this.#history = history;
    this.tenure = tenure;
    this.#openTasks = new OpenTasks(host.context, (event) => this.#push({ event }));
  }

  /** As it was stored last. */
  get record(): Readonly<InstanceRecord> {
    return this.#record;
  }

  /** Takes up the work: also what was open when another process owned it. */
  resume(): void {
    this.#openTasks.follow(this.#record, this.#history);
    this.#pump();
  }

  /** A message that is in storage; delivering it again does nothing. */
  deliver(stored: StoredMessage): void {
    if (this.#known.has(stored.id)) {
      return;
    }
    this.#known.add(stored.id);
    const { incarnation } = stored;
    if (incarnation !== this.#record.incarnation || this.#record.consumed.includes(stored.id)) {
      this.#removeMessages([stored.id]);
    } else {
      this.#push({ stored });
    }
  }

  /** No more turns; resolves when the running one is stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#openTasks.stop();
    await this.#pumping;
  }

  #push(delivery: Delivery): void {
    this.#inbox.push(delivery);
    this.#pump();
  }

  #pump(): void {
    this.#pumping ??= this.#takeTurns().finally(() => {
      this.#pumping = undefined;
      if (!this.#stopped && this.#hasWork(this.#record, this.#history)) {
        this.#pump();
      }
    });
  }

  async #takeTurns(): Promise<void> {
    // Everything that arrives in the same tick shares a commit.
    await Promise.resolve();
    while (!this.#stopped && this.#hasWork(this.#record, this.#history)) {
      const batch = await this.#batch();
      try {
        if (batch.draft.history.length > batch.draft.committed || batch.messages.length > 0) {
          await this.#commit(batch.draft, batch.messages);
        }
      } catch (error) {
        this.#stopped = true;
        this.#openTasks.stop();
        this.#host.lost(this, error);
      }
    }
  }

  async #batch(): Promise<{ draft: Draft; messages: string[] }> {
    const draft = openDraft(this.#record, this.#history);
    const messages: string[] = [];
    for (let turns = 0; turns < TURNS_PER_COMMIT; turns += 1) {
      if (isFinished(draft.record) || !this.#hasWork(draft.record, draft.history)) {
        break;
      }
      if (charactersOf(draft) > CHARACTERS_PER_COMMIT) {
        break;
      }
      await this.#turn(draft, messages);
    }
    return { draft, messages };
  }

  async #turn(draft: Draft, messages: string[]): Promise<void> {
    const { context } = this.#host;
    const now = context.clock.now();
    if (draft.history.length === 0) {
      const started = { EventType: EventType.ExecutionStarted, Name: draft.record.name, Version: '' };
      await takeTurn(draft, started, now, context.turns);
      return;
    }
    const delivery = this.#take(draft.record);
    if (!delivery) {
      return;
    }
    if ('stored' in delivery) {
      messages.push(delivery.stored.id);
      const { message } = delivery.stored;
      if (isControl(message)) {
        applyControl(draft, message, now);
      } else {
        await takeTurn(draft, raised(message), now, context.turns);
      }
    } else {
      await takeTurn(draft, delivery.event, now, context.turns);
    }
  }

  /** A new instance begins before anything else; a suspended one takes in nothing but what may end that. */
  #hasWork(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): boolean {
    if (isFinished(record)) {
      return false;
    }
    return history.length === 0 || this.#inbox.some((delivery) => mayTake(record, delivery));
  }

  #take(record: Readonly<InstanceRecord>): Delivery | undefined {
    const index = this.#inbox.findIndex((delivery) => mayTake(record, delivery));
    return index < 0 ? undefined : this.#inbox.splice(index, 1)[0];
  }

  async #commit(draft: Draft, messages: readonly string[]): Promise<void> {
    const { context } = this.#host;
    const consumed = this.#record.consumed.filter((id) => !this.#removed.includes(id));
    const prepare = ({ record }: Draft) =>
      Object.assign(record, { commits: this.#record.commits + 1, consumed: [...consumed, ...messages] });
    let stored = draft;
    try {
      prepare(stored);
      await this.#store(stored);
    } catch (error) {
      if (!(error instanceof TurnTooLargeError)) {
        throw error;
      }
      stored = openDraft(this.#record, this.#history);
      finish(
        stored,
        context.clock.now(),
        'Failed',
        `Orchestrator function '${this.#record.name}' failed: ${messageOf(error)}`,
      );
      prepare(stored);
      await this.#store(stored);
    }
    this.#adopt(stored, messages);
  }

  async #store({ record, history, committed }: Draft): Promise<void> {
    await this.#host.context.store.commit({ record, events: history.slice(committed) }, this.tenure);
  }

  #adopt({ record, history }: Draft, messages: readonly string[]): void {
    this.#record = record;
    this.#history = history;
    this.#removed = this.#removed.filter((id) => record.consumed.includes(id));
    if (messages.length > 0) {
      this.#removeMessages(messages);
    }
    if (isFinished(record)) {
      this.#stopped = true;
      this.#openTasks.stop();
      this.#host.finished(this);
      return;
    }
    if (!this.#stopped) {
      this.#openTasks.follow(record, history);
    }
  }

  #removeMessages(ids: readonly string[]): void {
    const { store, background } = this.#host.context;
    background('remove messages', async () => {
      await store.removeMessages(this.#record.instanceId, ids);
      this.#removed = [...this.#removed, ...ids];
    });
  }
}

function mayTake({ suspended }: Readonly<InstanceRecord>, delivery: Delivery): boolean {
  return !suspended || ('stored' in delivery && isControl(delivery.stored.message));
}

function raised({ name, input }: Extract<Message, { kind: 'event' }>): EventFields {
  return { EventType: EventType.EventRaised, Name: name, Input: input };
}

function charactersOf({ history, committed }: Draft): number {
  return history
    .slice(committed)
    .reduce((sum, { Input, Result }) => sum + (Input?.length ?? 0) + (Result?.length ?? 0), 0);
}
