import type { Clock } from '../clock.ts';
import type { InvocationOutcome, InvocationRequest } from '../worker/rpc.ts';
import type { DurableFunctions } from './functions.ts';
import type { Slots } from './slots.ts';
import type { DurableStore } from './store.ts';

/** What all instances of one host share. */
export interface EngineContext {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly functions: DurableFunctions;
  readonly orchestratorSlots: Slots;
  readonly activitySlots: Slots;
  /** What happens where the cloud would hang: it hangs, or fails with an explanation. */
  readonly strict: boolean;
  /** Runs one function of the app; rejects with what it throws. */
  invoke(functionName: string, request: Partial<InvocationRequest>): Promise<InvocationOutcome>;
  /** Runs something that nobody waits for; a failure is logged. */
  background(what: string, task: () => Promise<void>): void;
  warn(message: string): void;
  /** Writes to the log what became of an instance. */
  inform(instanceId: string, message: string): void;
}
