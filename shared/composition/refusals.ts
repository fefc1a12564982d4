import type { AuditEntry, AuditTrail } from '#platform/access/audit';
import type { Refusal } from '#platform/mcp/endpoint';
import { countRefusal } from '#platform/telemetry/counts';
import type { Logger } from '#platform/telemetry/log';
import { type Pseudonym, pseudonyms } from '#platform/telemetry/pseudonym';
import { remoteParentOf } from '#platform/telemetry/trace-context';

export interface RefusalRecords {
  readonly trail: AuditTrail;
  /** Secret for the log's pseudonyms. */
  readonly signingKey: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Refusals of callers who could not be verified that one instance records in a minute. */
const mostUnverified = 600;
const minute = 60_000;

/**
 * Puts requests that were refused before they reached a tool on record: in the audit trail, the log and the metrics.
 * Of callers who could not be verified only so many: anybody can send such requests, and a flood of them must neither
 * fill log and trail nor push the entries of others out. The metrics count all.
 */
export function refusalRecorder({ trail, signingKey, now, logger }: RefusalRecords) {
  const pseudonym = pseudonyms(signingKey);
  const unverified = perMinute(now);
  return (refusal: Refusal): void => {
    countRefusal(refusal.reason, refusal.principal?.tenant);
    const nth = refusal.principal === undefined ? unverified() : 0;
    if (nth === mostUnverified + 1) logger.log('warn', 'refused requests not recorded');
    if (nth > mostUnverified) return;
    trail.note(entryOf(refusal, now()));
    logger.log('info', 'request refused', fieldsOf(refusal, pseudonym));
  };
}

/** Counts from 1 on, in every minute anew. */
function perMinute(now: () => Date): () => number {
  let current = 0;
  let count = 0;
  return () => {
    const time = Math.floor(now().getTime() / minute);
    count = time === current ? count + 1 : 1;
    current = time;
    return count;
  };
}

/** The fields of a call's line, as far as they are known, and the reason. */
function fieldsOf({ principal, tool, reason, correlationId, request }: Refusal, pseudonym: Pseudonym) {
  const traceId = remoteParentOf(request.headers)?.traceId;
  return {
    ...(principal && { tenant: principal.tenant, user: pseudonym(principal.user) }),
    ...(tool !== '' && { tool }),
    decision: 'denied',
    outcome: 'refused',
    reason,
    correlationId,
    ...(traceId && { traceId }),
  };
}

function entryOf({ principal, tool, reason, correlationId }: Refusal, time: Date): AuditEntry {
  return {
    id: correlationId,
    time: time.toISOString(),
    tenant: principal?.tenant,
    user: principal?.user ?? '',
    application: principal?.application ?? '',
    by: 'caller',
    tool,
    decision: 'denied',
    reason,
    argumentDigest: '',
    outcome: 'refused',
    durationMs: 0,
    correlationId,
  };
}
