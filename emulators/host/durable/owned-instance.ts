import { messageOf } from '../../lib/errors.ts';
import { applyControl, isControl } from './control.ts';
import { type Draft, finish, openDraft } from './draft.ts';
import type { EngineContext } from './engine-context.ts';
import { TurnTooLargeError } from './limits.ts';
import type { StoredMessage } from './message.ts';
import { OpenTasks } from './open-tasks.ts';
import { type EventFields, EventType, type HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import { takeTurn } from './turn.ts';

type Delivery = { readonly event: EventFields } | { readonly stored: StoredMessage };

/** What an instance tells the engine around it, once; it takes no more turns then. */
export interface InstanceEnd {
  finished(record: Readonly<InstanceRecord>): void;
  /** It could not be stored: another host has it, or nobody knows. */
  lost(error: unknown): void;
}

/**
 * An unfinished instance that this host owns: takes its turns one after another and runs what they schedule.
 * Nothing starts before the turn that asked for it is stored.
 */
export class OwnedInstance {
  #record: Readonly<InstanceRecord>;
  #history: readonly HistoryEvent[];
  readonly #context: EngineContext;
  readonly #end: InstanceEnd;
  readonly #openTasks: OpenTasks;
  /** Ids of messages that were delivered to this object, taken in or not. */
  readonly #known = new Set<string>();
  /** What came while the instance was suspended. */
  readonly #waiting: Delivery[] = [];
  /** All turns so far. */
  #turns: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    context: EngineContext,
    record: Readonly<InstanceRecord>,
    history: readonly HistoryEvent[],
    end: InstanceEnd,
  ) {
    this.#context = context;
    this.#record = record;
    this.#history = history;
    this.#end = end;
    this.#openTasks = new OpenTasks(context, (event) => this.#push({ event }));
    if (history.length === 0) {
      this.#push({ event: { EventType: EventType.ExecutionStarted, Name: record.name, Version: '' } });
    }
  }

  /** Takes up what was open when another process owned it. */
  resume(): void {
    this.#openTasks.follow(this.#record, this.#history);
  }

  /** A message that is in storage; delivering it again does nothing. */
  deliver(stored: StoredMessage): void {
    if (this.#known.has(stored.id) || stored.incarnation !== this.#record.incarnation) {
      return;
    }
    this.#known.add(stored.id);
    if (this.#record.consumed.includes(stored.id)) {
      this.#remove(stored);
    } else {
      this.#push({ stored });
    }
  }

  /** No more turns; resolves when the running one is stored. */
  async stop(): Promise<void> {
    this.#halt();
    await this.#turns;
  }

  #halt(): void {
    this.#stopped = true;
    this.#openTasks.stop();
  }

  #push(delivery: Delivery): void {
    this.#turns = this.#turns.then(() => this.#take(delivery));
  }

  async #take(delivery: Delivery): Promise<void> {
    if (this.#stopped) {
      return;
    }
    if (this.#record.suspended && !('stored' in delivery && isControl(delivery.stored.message))) {
      this.#waiting.push(delivery);
      return;
    }
    try {
      await this.#turn(delivery);
    } catch (error) {
      this.#halt();
      this.#end.lost(error);
    }
    // Resumed: what waited comes before whatever is behind this turn.
    while (!this.#stopped && !this.#record.suspended && this.#waiting.length > 0) {
      await this.#take(this.#waiting.shift() as Delivery);
    }
  }

  async #turn(delivery: Delivery): Promise<void> {
    const draft = openDraft(this.#record, this.#history);
    const { clock, turns } = this.#context;
    if (!('stored' in delivery)) {
      await takeTurn(draft, delivery.event, clock.now(), turns);
      if (draft.history.length > this.#history.length) {
        await this.#commit(draft);
      }
      return;
    }
    const { message, id } = delivery.stored;
    if (isControl(message)) {
      applyControl(draft, message, clock.now());
    } else {
      const raised = { EventType: EventType.EventRaised, Name: message.name, Input: message.input };
      await takeTurn(draft, raised, clock.now(), turns);
    }
    draft.record.consumed = [...this.#record.consumed, id];
    await this.#commit(draft);
    this.#remove(delivery.stored);
  }

  /** Stores what has changed, and goes by it. What is too large to be stored ends the instance. */
  async #commit(draft: Draft): Promise<void> {
    const { store, clock } = this.#context;
    const { record, history } = draft;
    try {
      await store.commit(record, history.slice(this.#history.length));
    } catch (error) {
      if (!(error instanceof TurnTooLargeError)) {
        throw error;
      }
      const failed = openDraft({ ...this.#record, consumed: record.consumed }, this.#history);
      const reason = `Orchestrator function '${record.name}' failed: ${messageOf(error)}`;
      finish(failed, clock.now(), 'Failed', reason);
      return await this.#commit(failed);
    }
    this.#record = record;
    this.#history = history;
    if (isFinished(record)) {
      this.#halt();
      this.#end.finished(record);
    } else if (!this.#stopped) {
      this.#openTasks.follow(record, history);
    }
  }

  #remove(stored: StoredMessage): void {
    this.#context.background('remove a message', () => this.#context.store.removeMessage(stored));
  }
}
