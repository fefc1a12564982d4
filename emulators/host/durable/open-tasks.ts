import { runActivity } from './activities.ts';
import type { EngineContext } from './engine-context.ts';
import { type EventFields, EventType, type HistoryEvent } from './protocol.ts';
import type { InstanceRecord, OpenTask } from './record.ts';
import { scheduledEvent } from './scheduling.ts';

export interface OpenTasksOwner {
  startChild(taskId: number): Promise<EventFields | undefined>;
  /** Something that was open has ended in this execution. */
  deliver(event: EventFields, executionId: string): void;
}

/** How long until a sub-orchestration is tried again that storage did not take, in milliseconds. */
const CHILD_RETRY = 1000;

/** Runs what the record of an instance says is open: activities, timers, sub-orchestrations. */
export class OpenTasks {
  readonly #context: EngineContext;
  readonly #owner: OpenTasksOwner;
  /** What was begun, by task id, with what cancels it. */
  readonly #begun = new Map<number, () => void>();
  #executionId = '';

  constructor(context: EngineContext, owner: OpenTasksOwner) {
    this.#context = context;
    this.#owner = owner;
  }

  /** Begins what is new, and cancels what is not open any more. */
  follow(record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): void {
    if (record.executionId !== this.#executionId) {
      this.stop();
      this.#executionId = record.executionId;
    }
    const open = new Set(record.open.map(({ id }) => id));
    for (const [id, cancel] of this.#begun) {
      if (open.has(id)) {
        continue;
      }
      cancel();
      this.#begun.delete(id);
    }
    for (const task of record.open) {
      if (!this.#begun.has(task.id)) {
        this.#begin(task, record, history);
      }
    }
  }

  checkChild(record: Readonly<InstanceRecord>, taskId: number): void {
    const isOpen = record.open.some(({ kind, id }) => kind === 'child' && id === taskId);
    if (isOpen) {
      this.#beginChild(taskId);
    }
  }

  stop(): void {
    for (const cancel of this.#begun.values()) {
      cancel();
    }
    this.#begun.clear();
    this.#executionId = '';
  }

  #begin(task: OpenTask, record: Readonly<InstanceRecord>, history: readonly HistoryEvent[]): void {
    if (task.kind === 'timer') {
      this.#beginTimer(task.id, task.fireAt);
    } else if (task.kind === 'child') {
      this.#beginChild(task.id);
    } else {
      this.#beginActivity(task.id, record.instanceId, scheduledEvent(history, task.id));
    }
  }

  #beginTimer(id: number, fireAt: string): void {
    const executionId = this.#executionId;
    const fired = { EventType: EventType.TimerFired, TimerId: id, FireAt: fireAt };
    const fire = () => this.#owner.deliver(fired, executionId);
    this.#begun.set(id, this.#context.clock.runAt(new Date(fireAt), fire));
  }

  #beginActivity(id: number, instanceId: string, scheduled: HistoryEvent): void {
    const executionId = this.#executionId;
    this.#begun.set(id, () => {});
    const { functions, activitySlots, invoke } = this.#context;
    const call = { name: scheduled.Name ?? '', instanceId, taskId: id, input: scheduled.Input ?? null };
    void activitySlots.run(async () => {
      // It may have waited for its slot longer than its instance lived.
      if (!this.#isBegun(id, executionId)) {
        return;
      }
      this.#owner.deliver(await runActivity(functions, invoke, call), executionId);
    });
  }

  #beginChild(id: number): void {
    const executionId = this.#executionId;
    this.#begun.set(id, () => {});
    const begin = async () => {
      const ended = await this.#owner.startChild(id);
      if (ended) {
        this.#owner.deliver(ended, executionId);
      }
    };
    this.#context.background('start a sub-orchestration', begin, () => {
      const again = () => this.#isBegun(id, executionId) && this.#beginChild(id);
      const time = new Date(this.#context.clock.now().getTime() + CHILD_RETRY);
      this.#begun.set(id, this.#context.clock.runAt(time, again));
    });
  }

  #isBegun(id: number, executionId: string): boolean {
    return this.#executionId === executionId && this.#begun.has(id);
  }
}
