import type { StepInput } from './definition.ts';
import type { Published } from './progress.ts';

const running = ['Pending', 'Running', 'ContinuedAsNew', 'Suspended'] as const;

/** What an orchestration is doing, as the durable engine says it. */
export type RuntimeStatus = (typeof running)[number] | 'Completed' | 'Failed' | 'Terminated' | 'Canceled';

/** Whether an orchestration will do nothing more. */
export function isOver(status: RuntimeStatus): boolean {
  return !running.some((one) => one === status);
}

export interface OrchestrationStatus {
  readonly runtimeStatus: RuntimeStatus;
  /** What the orchestrator reported last; null or undefined before its first report. */
  readonly customStatus: unknown;
  /** What the orchestrator returned; null or undefined while it runs. */
  readonly output: unknown;
  /** When it last changed; to the second. */
  readonly updatedAt: Date;
}

/** The durable engine, as the jobs use it. Any method may throw when the engine does not answer. */
export interface OrchestrationClient {
  /**
   * Starts an orchestration with this id; does nothing when one with this id exists already.
   * @param name under which the orchestration is registered
   */
  start(name: string, instanceId: string, input: unknown): Promise<void>;
  /** Undefined when there is no orchestration with this id. */
  status(instanceId: string): Promise<OrchestrationStatus | undefined>;
  /**
   * Tells an orchestration that something happened; does nothing when it has ended or never existed.
   * @param event letters only
   */
  raise(instanceId: string, event: string): Promise<void>;
  /**
   * Ends an orchestration where it stands; does nothing when it has ended or never existed.
   * @param reason letters only: the client library does not encode it
   */
  terminate(instanceId: string, reason: string): Promise<void>;
  /** Removes everything that is kept of an ended orchestration; does nothing when there is none. */
  purge(instanceId: string): Promise<void>;
}

/**
 * What the orchestrator may do. It is replayed from its history after every wait, so it may use no clock, no
 * randomness and no input or output except what is here.
 * @typeParam Wait what the engine waits for when it is yielded
 */
export interface Orchestration<Wait> {
  readonly instanceId: string;
  readonly input: unknown;
  /** The time of the turn, the same in every replay. */
  now(): Date;
  /** Publishes the progress; replaces what was published before. */
  report(published: Published): void;
  /** The outcome of a step, tried again when it fails; throws into the orchestrator when every attempt failed. */
  step(input: StepInput): Wait;
  /** Nothing, at this time or soon after. */
  until(moment: Date): Wait;
  /**
   * An event that somebody may raise, or this time, whichever comes first. An event that came before is not lost.
   * @param moment at most three days away: the engine cannot call longer timers off
   */
  race(event: string, moment: Date): Race<Wait>;
}

export interface Race<Wait> {
  readonly wait: Wait;
  /** After the wait, once: whether the event came; what is left of the timer is called off. */
  came(): boolean;
}
