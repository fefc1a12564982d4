import type { AuditEntry, AuditTrail } from '../access/audit.ts';
import type { Refusal } from '../mcp/endpoint.ts';
import { countRefusal } from '../telemetry/counts.ts';
import type { Logger } from '../telemetry/log.ts';
import { type Pseudonym, pseudonyms } from '../telemetry/pseudonym.ts';
import { remoteParentOf } from '../telemetry/trace-context.ts';

export interface RefusalRecords {
  readonly trail: AuditTrail;
  /** Secret for the log's pseudonyms. */
  readonly signingKey: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Puts requests that were refused before they reached a tool on record: in the audit trail, the log and the metrics. */
export function refusalRecorder({ trail, signingKey, now, logger }: RefusalRecords) {
  const pseudonym = pseudonyms(signingKey);
  return (refusal: Refusal): void => {
    countRefusal(refusal.reason, refusal.principal?.tenant);
    trail.note(entryOf(refusal, now()));
    logger.log('info', 'request refused', fieldsOf(refusal, pseudonym));
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
