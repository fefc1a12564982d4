import { randomUUID } from 'node:crypto';
import { FINAL_STATUSES, type FinalStatus, type RetryOptions, type RuntimeStatus } from './protocol.ts';

/** The task of a parent that waits for this instance. */
export interface ParentLink {
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
}

/** Where a task with retries stands. */
export interface Retry {
  /** From 1. */
  readonly attempt: number;
  readonly options: RetryOptions;
  /** When the first attempt was scheduled, ISO 8601. */
  readonly since: string;
}

/** Something that was scheduled and has not ended. Its name and input are in the history event with the same id. */
export type OpenTask =
  | { readonly kind: 'activity'; readonly id: number; readonly retry?: Retry }
  | { readonly kind: 'child'; readonly id: number; readonly instanceId: string; readonly retry?: Retry }
  | OpenTimer;

export interface OpenTimer {
  readonly kind: 'timer';
  readonly id: number;
  readonly fireAt: string;
  /** Where its action is among all actions of the execution, for example `3` or `3.1`; unset for the delay of a retry. */
  readonly path?: string;
  /** The failed task that is scheduled again when the timer fires. */
  readonly again?: { readonly taskId: number; readonly retry: Retry };
}

/** How an orchestrator function ended, while tasks that it did not wait for are still open. */
export type Ending =
  | { readonly status: FinalStatus; readonly output: string | null }
  | { readonly continueWith: string | null };

/** Everything about an instance that is not its history. Stored with every turn. */
export interface InstanceRecord {
  readonly instanceId: string;
  /** New for every start under this id; stays through continueAsNew. */
  readonly incarnation: string;
  readonly name: string;
  readonly version: string;
  readonly parent: ParentLink | null;
  readonly createdTime: string;
  executionId: string;
  status: Exclude<RuntimeStatus, 'Suspended'>;
  suspended: boolean;
  /** JSON text, like output and custom status; the output of a failed or terminated instance is plain text. */
  input: string | null;
  output: string | null;
  customStatus: string | null;
  lastUpdatedTime: string;
  /** The next task id of this execution. */
  nextTaskId: number;
  /** How many actions of this execution were scheduled. */
  seenActions: number;
  open: readonly OpenTask[];
  ending: Ending | null;
  /** Number of the last commit, from 1, and of the first one that belongs to this execution. */
  commits: number;
  firstCommit: number;
  /** Messages that the history holds already, and that may still be in storage. */
  consumed: readonly string[];
}

export interface NewInstance {
  readonly instanceId: string;
  readonly name: string;
  readonly version: string;
  /** JSON, or null for none. */
  readonly input: string | null;
  readonly parent: ParentLink | null;
}

export function newRecord(instance: NewInstance, now: Date): InstanceRecord {
  const time = now.toISOString();
  return {
    ...instance,
    incarnation: newId(),
    executionId: newId(),
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
    firstCommit: 1,
    consumed: [],
  };
}

/** A GUID without dashes, as the extension makes them. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** Undefined while the instance is unfinished. */
export function finalStatusOf({ status }: Pick<InstanceRecord, 'status'>): FinalStatus | undefined {
  return FINAL_STATUSES.find((final) => final === status);
}

export function isFinished(record: Pick<InstanceRecord, 'status'>): boolean {
  return finalStatusOf(record) !== undefined;
}

/** The status that clients see. */
export function runtimeStatusOf(record: Readonly<InstanceRecord>): RuntimeStatus {
  return record.suspended && !isFinished(record) ? 'Suspended' : record.status;
}
