import { addEvent, type Draft, finish } from './draft.ts';
import type { Message } from './message.ts';
import { EventType } from './protocol.ts';

type Control = Exclude<Message, { kind: 'event' }>;

/** Whether the orchestrator function never sees the message. */
export function isControl(message: Message): message is Control {
  return message.kind !== 'event';
}

/**
 * Does what the message says, without running the orchestrator function. What is the case already, stays. A suspended instance stands
 * still, its events and timers wait; the real extension keeps most of them waiting as well, but for functions in JavaScript an event
 * that is raced against a timer gets through. The reason becomes the output until the instance ends, as there.
 */
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
  record.output = reason ?? record.output;
  const type = suspend ? EventType.ExecutionSuspended : EventType.ExecutionResumed;
  addEvent(draft, now, { EventType: type, ...note });
}
