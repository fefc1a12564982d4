import { addEvent, type Draft, finish } from './draft.ts';
import type { Message } from './message.ts';
import { EventType } from './protocol.ts';

type Control = Extract<Message, { kind: 'terminate' | 'suspend' | 'resume' }>;

/** Whether the orchestrator function never sees the message. */
export function isControl(message: Message): message is Control {
  return message.kind === 'terminate' || message.kind === 'suspend' || message.kind === 'resume';
}

/** Does what the message says, without running the orchestrator function. What is the case already, stays. */
export function applyControl(draft: Draft, { kind, reason }: Control, now: Date): void {
  const { record } = draft;
  const note = reason === null ? {} : { Reason: reason };
  record.lastUpdatedTime = now.toISOString();
  if (kind === 'terminate') {
    addEvent(draft, now, { EventType: EventType.ExecutionTerminated, Input: reason });
    finish(draft, now, 'Terminated', reason);
    return;
  }
  const suspend = kind === 'suspend';
  if (record.suspended === suspend) {
    return;
  }
  record.suspended = suspend;
  const type = suspend ? EventType.ExecutionSuspended : EventType.ExecutionResumed;
  addEvent(draft, now, { EventType: type, ...note });
}
