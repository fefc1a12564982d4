import { randomUUID } from 'node:crypto';
import { FINAL_STATUSES, type FinalStatus, type RetryOptions, type RuntimeStatus } from './protocol.ts';

/** Where a task with retries stands. */
export interface Retry {
  /** From 1. */
  readonly attempt: number;
  readonly options: RetryOptions;
}

/** Something that was scheduled and has not ended. Its name and input are in the history event with the same id. */
export type OpenTask = { readonly kind: 'activity'; readonly id: number; readonly retry?: Retry } | OpenTimer;

export interface OpenTimer {
  readonly kind: 'timer';
  readonly id: number;
  readonly fireAt: string;
  /** When the timer that the app set is due, if `fireAt` is the end of a part of it only. */
  readonly until?: string;
  /** Where its action is among all actions of the instance, for example `3` or `3.1`; unset for the delay of a retry. */
  readonly path?: string;
  /** The failed task that is scheduled again when the timer fires. */
  readonly again?: { readonly taskId: number; readonly retry: Retry };
}

/** How an orchestrator function ended, while tasks that it did not wait for are still open. */
export interface Ending {
  readonly status: FinalStatus;
  readonly output: string | null;
}

/** Everything about an instance that is not its history. Stored with every turn. */
export interface InstanceRecord {
  readonly instanceId: string;
  /** New for every start under this id. */
  readonly incarnation: string;
  readonly name: string;
  readonly createdTime: string;
  /** The host that takes its turns. */
  readonly hostId: string;
  status: Exclude<RuntimeStatus, 'Suspended'>;
  suspended: boolean;
  /** JSON text, like the custom status. */
  readonly input: string | null;
  /** JSON text of a completed instance; of every other one plain text: why it failed, was terminated, suspended or resumed. */
  output: string | null;
  customStatus: string | null;
  lastUpdatedTime: string;
  nextTaskId: number;
  /** How many actions were scheduled. */
  seenActions: number;
  open: readonly OpenTask[];
  ending: Ending | null;
  /** How often it was stored since it was created: of two who store the same number, one fails. */
  readonly commits: number;
  /** Ids of the messages that were taken in, which may still be in storage. */
  consumed: readonly string[];
}

/** What a new instance is told: the name of its function and its input, JSON or null for none. */
export type NewInstance = Pick<InstanceRecord, 'instanceId' | 'name' | 'input'>;

export function newRecord(
  { name, input, instanceId }: NewInstance,
  hostId: string,
  now: Date,
): InstanceRecord {
  const time = now.toISOString();
  return {
    name,
    input,
    instanceId,
    hostId,
    incarnation: newId(),
    status: 'Pending',
    suspended: false,
    output: null,
    customStatus: null,
    createdTime: time,
    lastUpdatedTime: time,
    nextTaskId: 0,
    seenActions: 0,
    open: [],
    ending: null,
    commits: 0,
    consumed: [],
  };
}

/** A GUID without dashes, as the extension makes them. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

export function isFinished({ status }: Pick<InstanceRecord, 'status'>): boolean {
  return FINAL_STATUSES.some((final) => final === status);
}

/** The status that clients see. */
export function runtimeStatusOf(record: Readonly<InstanceRecord>): RuntimeStatus {
  return record.suspended && !isFinished(record) ? 'Suspended' : record.status;
}
