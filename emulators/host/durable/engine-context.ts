import type { Clock } from '../clock.ts';
import type { DurableFunctions } from './functions.ts';
import type { Invoke } from './orchestrator.ts';
import type { Slots } from './slots.ts';
import type { DurableStore } from './store.ts';
import type { TurnContext } from './turn.ts';

/** What all instances of one host share. */
export interface EngineContext {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly functions: DurableFunctions;
  /** For activities. */
  readonly invoke: Invoke;
  readonly turns: TurnContext;
  readonly activitySlots: Slots;
  /** Runs something that nobody waits for; a failure is logged. */
  background(what: string, task: () => Promise<void>): void;
  /** Writes to the log what became of an instance. */
  inform(instanceId: string, message: string): void;
}
