import { type Action, ActionType } from './protocol.ts';

/**
 * Task.any and Task.all schedule every task that they are given, also one that an earlier Task.any scheduled: then the ids of the
 * library and of the extension part, and the wrong task gets a result (Azure/azure-functions-durable-js#574). Two timers for the same
 * moment are almost always one timer given twice.
 */
export function warnAboutRepeatedTimers(
  warn: (message: string) => void,
  earlier: readonly Action[],
  { compoundActions }: Action,
): void {
  const timers = timersOf(compoundActions ?? []);
  if (timers.length === 0) {
    return;
  }
  const known = new Set(timersOf(earlier));
  if (!timers.some((fireAt) => known.has(fireAt))) {
    return;
  }
  warn(
    'Task.any or Task.all was given a timer that looks like one from before. The extension schedules it a second time, here and in Azure, and results then reach the wrong tasks: make a new timer for every Task.any, and cancel the old one.',
  );
}

function timersOf(actions: readonly Action[]): string[] {
  return actions.flatMap((action) =>
    action.actionType === ActionType.CreateTimer && action.fireAt !== undefined
      ? [action.fireAt]
      : timersOf(action.compoundActions ?? []),
  );
}
