import { type EventFields, EventType } from './protocol.ts';
import { type InstanceRecord, isFinished, type ParentLink } from './record.ts';

/** What a finished sub-orchestration tells the instance that waits for it; undefined when it is not finished, or for another one. */
export function childResult(
  parent: Readonly<InstanceRecord>,
  child: Readonly<InstanceRecord>,
): EventFields | undefined {
  const task = parent.open.find((open) => open.kind === 'child' && open.id === child.parent?.taskId);
  if (!task || !isFinished(child) || !isSameLink(child.parent, linkTo(parent, task.id))) {
    return undefined;
  }
  if (child.status === 'Completed') {
    return {
      EventType: EventType.SubOrchestrationInstanceCompleted,
      TaskScheduledId: task.id,
      Result: child.output,
    };
  }
  return childFailed(task.id, child.output ?? child.status);
}

export function childFailed(taskId: number, reason: string): EventFields {
  return {
    EventType: EventType.SubOrchestrationInstanceFailed,
    TaskScheduledId: taskId,
    Reason: reason,
    Details: reason,
  };
}

export function linkTo({ instanceId, executionId }: Readonly<InstanceRecord>, taskId: number): ParentLink {
  return { instanceId, executionId, taskId };
}

export function isSameLink(a: ParentLink | null, b: ParentLink | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.instanceId === b.instanceId &&
    a.executionId === b.executionId &&
    a.taskId === b.taskId
  );
}
