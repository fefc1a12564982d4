/**
 * What crosses the border between the Durable Task extension and `durable-functions` 3.x: history events on the way in,
 * actions on the way out. Cut to what the library reads and writes with replay schema V3.
 */

/** `EventType` of a history event: the wire wants the number, the management API the name. */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventRaised: 15,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

export type EventTypeName = keyof typeof EventType;

/** What an event says beside when it happened and which number it has. */
export interface EventFields {
  readonly EventType: (typeof EventType)[EventTypeName];
  readonly Name?: string;
  readonly Version?: string;
  /** JSON. */
  readonly Input?: string | null;
  /** JSON. */
  readonly Result?: string | null;
  readonly Reason?: string;
  readonly Details?: string;
  /** Id of the activity that ended. */
  readonly TaskScheduledId?: number;
  readonly TimerId?: number;
  readonly FireAt?: string;
  readonly OrchestrationStatus?: string;
}

export interface HistoryEvent extends EventFields {
  /** The task's id for events that schedule one, -1 for all others. */
  readonly EventId: number;
  /** ISO 8601, UTC. */
  readonly Timestamp: string;
}

export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  WhenAny: 11,
  WhenAll: 12,
} as const;

/** Action types that exist, and that this host does not emulate. */
export const NOT_EMULATED: Readonly<Record<number, string>> = {
  2: 'callSubOrchestrator',
  3: 'callSubOrchestratorWithRetry',
  4: 'continueAsNew',
  7: 'callEntity',
  8: 'callHttp',
  9: 'signalEntity',
  13: 'lock',
  14: 'the release of a lock',
};

export interface RetryOptions {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
  readonly retryTimeoutInMilliseconds?: number;
}

/** One thing that an orchestrator asked for. Which fields are set depends on `actionType`. */
export interface Action {
  readonly actionType: number;
  readonly functionName?: string;
  readonly input?: unknown;
  readonly retryOptions?: RetryOptions;
  readonly fireAt?: string;
  readonly isCanceled?: boolean;
  readonly compoundActions?: readonly Action[];
}

/** What an orchestrator function answers. */
export interface OrchestratorState {
  readonly isDone: boolean;
  /** One list with every action since the start of the execution; only its tail is new. */
  readonly actions: readonly (readonly Action[])[];
  readonly output?: unknown;
  readonly customStatus?: unknown;
  /** Set when the function failed, and even then absent when what it threw has no message. */
  readonly error?: string;
}

export const FINAL_STATUSES = ['Completed', 'Failed', 'Terminated'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];
export type RuntimeStatus = FinalStatus | 'Pending' | 'Running' | 'Suspended';
