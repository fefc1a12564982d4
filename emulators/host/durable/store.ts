import type { StoredMessage } from './message.ts';
import type { HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';

/**
 * The right to take turns for an instance. Every take-over makes a new one and voids the one before, so that a host that was only
 * slow cannot write any more.
 */
export interface Tenure {
  readonly hostId: string;
  /** From 1, per incarnation of the instance. */
  readonly number: number;
}

/** One line per instance, for lists and for finding what is unfinished. */
export interface ListEntry {
  readonly instanceId: string;
  /** The host that stored the instance last. A hint: the tenure decides. */
  readonly hostId: string;
}

export interface HostEntry {
  readonly hostId: string;
  /** Where it runs, so that its death can be seen without waiting for `expires`. */
  readonly machine: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly expires: string;
}

/** What storage keeps per turn. */
export interface Commit {
  readonly record: Readonly<InstanceRecord>;
  /** The events that this commit adds to the history. */
  readonly events: readonly HistoryEvent[];
}

/** Everything that hosts on the same storage know of one task hub. */
export interface DurableStore {
  /** Makes what is missing. */
  open(): Promise<void>;

  /** Stores a new instance, owned by `hostId`. Undefined when the id is taken. */
  create(record: Readonly<InstanceRecord>, hostId: string): Promise<Tenure | undefined>;
  read(instanceId: string): Promise<InstanceRecord | undefined>;
  /** All or nothing. Rejects with a TurnTooLargeError, or with something else when it is void or not known to be stored. */
  commit(commit: Commit, tenure: Tenure): Promise<void>;
  history(record: Readonly<InstanceRecord>): Promise<HistoryEvent[]>;
  /** Who may take turns; undefined when the instance is gone. */
  tenure(record: Readonly<InstanceRecord>): Promise<Tenure | undefined>;
  /** Replaces one tenure by the next. False when another host was faster. */
  takeOver(record: Readonly<InstanceRecord>, from: Tenure, hostId: string): Promise<boolean>;
  /** Removes a finished instance. False when it is another one by now, or gone. */
  purge(record: Readonly<InstanceRecord>): Promise<boolean>;

  /** In the order of instance ids; all of them, or those that have not ended. */
  list(which: 'all' | 'unfinished'): Promise<ListEntry[]>;

  addMessage(message: StoredMessage): Promise<void>;
  /** Those of one instance in the order in which they were sent. */
  messages(): Promise<StoredMessage[]>;
  removeMessages(instanceId: string, ids: readonly string[]): Promise<void>;

  hosts(): Promise<HostEntry[]>;
  putHost(host: HostEntry): Promise<void>;
  removeHost(hostId: string): Promise<void>;
}
