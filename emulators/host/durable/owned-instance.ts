import { messageOf } from '../../lib/errors.ts';
import { applyControl, isControl } from './control.ts';
import { type Draft, finish, openDraft } from './draft.ts';
import type { EngineContext } from './engine-context.ts';
import { TooLargeError } from './errors.ts';
import type { StoredMessage } from './message.ts';
import { OpenTasks } from './open-tasks.ts';
import { type EventFields, EventType, type HistoryEvent } from './protocol.ts';
import { type InstanceRecord, isFinished } from './record.ts';
import { takeTurn } from './turn.ts';

/** A commit holds what came while the one before was on its way, until its events have so many characters: they must fit into a transaction. */
const CHARACTERS_PER_COMMIT = 256 * 1024;

type Delivery = { readonly event: EventFields } | { readonly stored: StoredMessage };

/**
 * An unfinished instance that this host owns: takes its turns one after another and runs what they schedule.
 * Nothing starts before the turn that asked for it is stored.
 */
export class OwnedInstance {
  #record: Readonly<InstanceRecord>;
  #history: readonly HistoryEvent[];
  readonly #context: EngineContext;
  readonly #end: (lost?: unknown) => void;
  readonly #openTasks: OpenTasks;
  /** Ids of messages that were delivered to this object, taken in or not. */
  readonly #known = new Set<string>();
  readonly #inbox: Delivery[] = [];
  /** All turns so far. */
  #turns: Promise<void> = Promise.resolve();
  #stopped = false;

  /**
   * @param history empty for a new one; of one that another process owned, what was open is taken up
   * @param end called when it takes no more turns here: it has ended, or could not be stored, for the reason that is given
   */
  constructor(
    context: EngineContext,
    record: Readonly<InstanceRecord>,
    history: readonly HistoryEvent[],
    end: (lost?: unknown) => void,
  ) {
    this.#context = context;
    this.#record = record;
    this.#history = history;
    this.#end = end;
    this.#openTasks = new OpenTasks(context, (event) => this.#push({ event }));
    if (history.length === 0) {
      this.#push({ event: { EventType: EventType.ExecutionStarted, Name: record.name, Version: '' } });
    }
    this.#openTasks.follow(record, history);
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

  /** As it was stored last. */
  get record(): Readonly<InstanceRecord> {
    return this.#record;
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
    this.#inbox.push(delivery);
    this.#turns = this.#turns.then(() => this.#takeTurns());
  }

  async #takeTurns(): Promise<void> {
    while (!this.#stopped && this.#inbox.some((delivery) => mayTake(this.#record, delivery))) {
      try {
        // The storing included: until then a turn has its history in memory, twice over, and what waits for one has an event.
        await this.#context.orchestratorSlots.run(async () => {
          if (!this.#stopped) {
            await this.#takeBatch();
          }
        });
      } catch (error) {
        this.#halt();
        this.#end(error);
      }
    }
  }

  async #takeBatch(): Promise<void> {
    const draft = openDraft(this.#record, this.#history);
    const taken: StoredMessage[] = [];
    while (!isFinished(draft.record) && JSON.stringify(this.#added(draft)).length < CHARACTERS_PER_COMMIT) {
      const index = this.#inbox.findIndex((delivery) => mayTake(draft.record, delivery));
      const [delivery] = index < 0 ? [] : this.#inbox.splice(index, 1);
      if (!delivery) {
        break;
      }
      await this.#turn(draft, delivery);
      taken.push(...('stored' in delivery ? [delivery.stored] : []));
    }
    draft.record.consumed = [...this.#record.consumed, ...taken.map(({ id }) => id)];
    // An event for a task that is not open any more changes nothing.
    if (taken.length > 0 || this.#added(draft).length > 0) {
      await this.#commit(draft);
    }
    for (const stored of taken) {
      this.#remove(stored);
    }
  }

  async #turn(draft: Draft, delivery: Delivery): Promise<void> {
    const now = this.#context.clock.now();
    if (!('stored' in delivery)) {
      await takeTurn(draft, delivery.event, now, this.#context);
      return;
    }
    const { message } = delivery.stored;
    if (isControl(message)) {
      applyControl(draft, message, now);
    } else {
      const raised = { EventType: EventType.EventRaised, Name: message.name, Input: message.input };
      await takeTurn(draft, raised, now, this.#context);
    }
  }

  #added({ history }: Draft): readonly HistoryEvent[] {
    return history.slice(this.#history.length);
  }

  /** Stores what has changed, and goes by it. What is too large to be stored ends the instance. */
  async #commit(draft: Draft): Promise<void> {
    const { store, clock } = this.#context;
    const { record, history } = draft;
    try {
      await store.commit(record, this.#added(draft));
    } catch (error) {
      if (!(error instanceof TooLargeError)) {
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
      this.#context.inform(record.instanceId, ending(record));
      this.#end();
    } else if (!this.#stopped) {
      this.#openTasks.follow(record, history);
    }
  }

  #remove({ id }: StoredMessage): void {
    this.#context.background('remove a message', () => this.#context.store.messages.remove(id));
  }
}

/** A suspended instance takes in nothing but what may end that. */
function mayTake({ suspended }: Readonly<InstanceRecord>, delivery: Delivery): boolean {
  return !suspended || ('stored' in delivery && isControl(delivery.stored.message));
}

/** How an instance ended, as the extension writes it to the log. */
function ending({ name, status, output }: Readonly<InstanceRecord>): string {
  const how = { Terminated: 'was terminated', Failed: 'failed with an error' }[String(status)];
  const end = how === undefined ? 'completed.' : `${how}. Reason: ${output ?? ''}.`;
  return `Function '${name} (Orchestrator)' ${end} State: ${status}.`;
}
