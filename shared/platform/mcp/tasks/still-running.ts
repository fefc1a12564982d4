import { field } from './capability.ts';
import type { TaskState } from './ports.ts';

/** The only revision whose sessions have tasks of their own, without an extension. */
const revisionWithTasks = '2025-11-25';

export interface StillRunning {
  /** The revision that the client speaks; undefined when it did not say. */
  readonly version: string | undefined;
  /** Of the call, as the client sent them. */
  readonly arguments: unknown;
  readonly now: Date;
}

/**
 * The answer of a call that ends before its task does: how far the task is, how long it still takes, and how to get
 * the result. A client without tasks joins the task by a call with the idempotency key of the first one; a task whose
 * call had none is joined by its id.
 */
export function stillRunning(task: TaskState, { version, arguments: args, now }: StillRunning): string {
  const { id, tool } = task;
  const sofar = `${tool} is still running${progressOf(task)} and goes on for ${secondsLeft(task, now)}, but this answer cannot wait any longer.`;
  if (version === revisionWithTasks) {
    return `${sofar} Do not call it again: ask for the result of task ${id} with tasks/get or tasks/result.`;
  }
  const key =
    typeof field(args, 'idempotency_key') === 'string'
      ? 'the same idempotency_key'
      : `idempotency_key "${id}"`;
  return `${sofar} For the result of task ${id}, call ${tool} again with the same arguments and ${key}: that joins the task and starts nothing new.`;
}

function progressOf({ progress }: TaskState): string {
  return progress === undefined ? '' : ` (${progress} % done)`;
}

/** By how long it took to get so far. */
function secondsLeft({ progress = 0, createdAt }: TaskState, now: Date): string {
  if (progress <= 0) {
    return 'some time';
  }
  const elapsed = now.getTime() - Date.parse(createdAt);
  const left = Math.max(1, Math.ceil((elapsed * (100 - progress)) / progress / 1000));
  return `about ${left} more ${left === 1 ? 'second' : 'seconds'}`;
}
