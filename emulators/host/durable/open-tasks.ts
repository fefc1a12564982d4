import { runActivity } from './activities.ts';
import type { EngineContext } from './engine-context.ts';
import { type EventFields, EventType, type HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';
import { scheduledEvent } from './scheduling.ts';

/** Runs what the record of an instance says is open: activities and timers. */
export class OpenTasks {
  readonly #context: EngineContext;
  readonly #deliver: (event: EventFields) => void;
  /** Tasks that were begun, by their ids, each with the function that cancels it. */
  readonly #begun = new Map<number, () => void>();

  /** @param deliver takes the end of something that was open */
  constructor(context: EngineContext, deliver: (event: EventFields) => void) {
    this.#context = context;
    this.#deliver = deliver;
  }

  /** Begins what is new, and cancels what is not open any more. */
  follow(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): void {
    const open = new Set(record.open.map(({ id }) => id));
    for (const [id, cancel] of this.#begun) {
      if (open.has(id)) {
        continue;
      }
      cancel();
      this.#begun.delete(id);
    }
    for (const task of record.open) {
      if (this.#begun.has(task.id)) {
        continue;
      }
      if (task.kind === 'timer') {
        this.#beginTimer(task.id, task.fireAt);
      } else {
        this.#beginActivity(task.id, record.instanceId, scheduledEvent(history, task.id));
      }
    }
  }

  stop(): void {
    for (const cancel of this.#begun.values()) {
      cancel();
    }
    this.#begun.clear();
  }

  #beginTimer(id: number, fireAt: string): void {
    const fired = { EventType: EventType.TimerFired, TimerId: id, FireAt: fireAt };
    const fire = () => this.#deliver(fired);
    this.#begun.set(id, this.#context.clock.runAt(new Date(fireAt), fire));
  }

  #beginActivity(id: number, instanceId: string, scheduled: HistoryEvent): void {
    this.#begun.set(id, () => {});
    const call = { name: scheduled.Name ?? '', instanceId, taskId: id, input: scheduled.Input ?? null };
    void this.#context.activitySlots.run(async () => {
      // It may have waited for its slot longer than its instance lived.
      if (this.#begun.has(id)) {
        this.#deliver(await runActivity(this.#context, call));
      }
    });
  }
}
