import type { AuditTrail } from '../../access/audit.ts';
import { inTime } from '../../in-time.ts';
import type { Answer } from './answer.ts';
import { auditEntryOf, type CallRecord } from './call-record.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';
import type { Recording } from './recording.ts';

/** Records a change before it begins; without that record it does not begin. So no change is ever without an entry. */
export function auditStartIn(trail: AuditTrail, recordOf: Recording): Step {
  async function recordFirst<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    await trail.write(auditEntryOf(recordOf(invocation, { outcome: 'started', durationMs: 0 })));
    invocation.isOnRecord = true;
    return await next();
  }
  return function auditStart(invocation, next) {
    return invocation.operation.effects === 'reads' ? next() : recordFirst(invocation, next);
  };
}

/**
 * Puts a call into the trail, allowed or not. What only reads is written after the answer; what changes something is
 * on record before the answer.
 */
export async function auditCall(
  trail: AuditTrail,
  record: CallRecord,
  { isOnRecord }: Pick<Invocation, 'isOnRecord'>,
): Promise<void> {
  const entry = auditEntryOf(record);
  if (isOnRecord !== true) {
    trail.enqueue(entry);
    return;
  }
  // again only when it has failed: what is merely late goes on, and would stand there twice
  const written = trail.write(entry).catch(() => trail.enqueue(entry));
  await inTime(written, auditTimeoutMs, 'The audit trail is slow.').catch(() => {});
}

/** Milliseconds that the answer to a finished change waits for its record, which then goes on in the background. */
const auditTimeoutMs = 3_000;
