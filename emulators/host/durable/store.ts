import type { StoredMessage } from './message.ts';
import type { HistoryEvent } from './protocol.ts';
import type { InstanceRecord } from './record.ts';

export interface HostEntry {
  readonly hostId: string;
  /** Where it runs, so that its death can be seen without waiting for `expires`. */
  readonly machine: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly expires: string;
}

/** Values under keys, in the order of these. */
export interface Documents<Value> {
  put(key: string, value: Value): Promise<void>;
  all(): Promise<Value[]>;
  /** Does nothing when it is gone already. */
  remove(key: string): Promise<void>;
}

/** Everything that hosts on the same storage know of one task hub. */
export interface DurableStore {
  /** Stores a new instance. False when the id is taken. */
  create(record: Readonly<InstanceRecord>): Promise<boolean>;
  read(instanceId: string): Promise<InstanceRecord | undefined>;
  /**
   * Stores the record, and adds events to the history: all or nothing, and each number of a commit once, so that an owner who was only
   * slow cannot write any more. Rejects with a TooLargeError, with a StaleWrite when somebody else was faster, or with something
   * else when it is not known to be stored.
   */
  commit(record: Readonly<InstanceRecord>, events: readonly HistoryEvent[]): Promise<void>;
  history(record: Readonly<InstanceRecord>): Promise<HistoryEvent[]>;
  /** Removes a finished instance. False when it is another one by now, or gone. */
  purge(record: Readonly<InstanceRecord>): Promise<boolean>;
  /** In the order of instance ids; all of them, or those that have not ended. */
  list(which: 'all' | 'unfinished'): Promise<InstanceRecord[]>;
  /** By their ids, so that those of one instance are in the order in which they were sent. */
  readonly messages: Documents<StoredMessage>;
  /** By their ids. */
  readonly hosts: Documents<HostEntry>;
}
