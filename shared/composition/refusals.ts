import type { AuditTrail } from '#platform/access/audit';
import { perMinute } from '#platform/caching/per-minute';
import type { Refusal } from '#platform/mcp/endpoint';
import { auditEntryOf, type CallRecord, callRecord, logFieldsOf } from '#platform/mcp/pipeline/call-record';
import { countRefusal } from '#platform/telemetry/counts';
import type { Logger } from '#platform/telemetry/log';
import { pseudonyms } from '#platform/telemetry/pseudonym';
import { remoteParentOf } from '#platform/telemetry/trace-context';

export interface RefusalRecords {
  readonly trail: AuditTrail;
  /** Secret for the log's pseudonyms. */
  readonly signingKey: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Refusals that one instance records in a minute: of callers who could not be verified, and of each tenant at the gateway. */
export const mostRefusals = 600;

/**
 * Puts requests that were refused before they reached a tool on record: in the audit trail, the log and the metrics.
 * Only so many of callers who could not be verified: anybody can send such requests, and a flood of them must neither
 * fill log and trail nor displace the entries of others. The metrics count all.
 */
export function refusalRecorder(records: RefusalRecords) {
  const recordSome = boundedRecorder(records);
  const record = recorder(records);
  return (refusal: Refusal): void => (refusal.principal === undefined ? recordSome : record)(refusal);
}

/** Records so many in a minute, says once that there are more, and counts the rest in the metrics alone. */
export function boundedRecorder(records: RefusalRecords) {
  const record = recorder(records);
  const inThisMinute = perMinute(records.now);
  return (refusal: Refusal): void => {
    const nth = inThisMinute();
    if (nth <= mostRefusals) {
      record(refusal);
      return;
    }
    countRefusal(refusal.reason, refusal.principal?.tenant);
    if (nth === mostRefusals + 1) {
      records.logger.log('warn', 'refused requests not recorded');
    }
  };
}

function recorder({ trail, signingKey, now, logger }: RefusalRecords) {
  const pseudonym = pseudonyms(signingKey);
  return (refusal: Refusal): void => {
    countRefusal(refusal.reason, refusal.principal?.tenant);
    const traceId = remoteParentOf(refusal.request.headers)?.traceId;
    const record = refusalRecord({ ...refusal, traceId }, now());
    trail.enqueue(auditEntryOf(record));
    logger.log('info', 'request refused', logFieldsOf(record, pseudonym));
  };
}

/** The record of a request that never became a call. */
export function refusalRecord(
  refusal: Omit<Refusal, 'request'> & { readonly traceId?: string | undefined },
  time: Date,
): CallRecord {
  const { principal: caller, tool: subject, reason, correlationId, traceId } = refusal;
  return callRecord({
    time,
    caller,
    subject,
    decision: 'denied',
    reason,
    outcome: 'refused',
    correlationId,
    traceId,
  });
}
