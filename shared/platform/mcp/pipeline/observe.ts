import type { AuditTrail } from '../../access/audit.ts';
import { monotonicNow } from '../../clock.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Pseudonym } from '../../telemetry/pseudonym.ts';
import { type Answer, outcomeOf } from './answer.ts';
import { auditCall } from './audit.ts';
import { type CallRecord, logFieldsOf } from './call-record.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';
import type { Recording } from './recording.ts';
import { inCallSpan } from './trace.ts';

export interface ObserveOptions {
  readonly trail: AuditTrail;
  readonly logger: Logger;
  readonly pseudonym: Pseudonym;
  readonly recordOf: Recording;
}

/** Makes one record of each call, allowed or not, however it ends; it goes to audit trail, log, trace and metrics. */
export function observeWith({ trail, logger, pseudonym, recordOf }: ObserveOptions): Step {
  async function recorded<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
    onRecord: (record: CallRecord) => void,
  ): Promise<Answer<Result>> {
    const started = monotonicNow();
    let answer: Answer<Result> | undefined;
    try {
      answer = await next();
      return answer;
    } finally {
      const durationMs = monotonicNow() - started;
      const record = recordOf(invocation, { outcome: outcomeOf(answer), durationMs });
      await auditCall(trail, record, invocation);
      logger.log('info', 'tool called', () => logFieldsOf(record, pseudonym));
      onRecord(record);
    }
  }

  return function observe(invocation, next) {
    return invocation.operation.isUnrecorded === true
      ? next()
      : inCallSpan(invocation, (onRecord) => recorded(invocation, next, onRecord));
  };
}
