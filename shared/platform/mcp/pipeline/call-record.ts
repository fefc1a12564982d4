import type { AuditEntry } from '../../access/audit.ts';
import type { Principal } from '../../identity/principal.ts';
import type { LogFields } from '../../telemetry/log.ts';
import type { Pseudonym } from '../../telemetry/pseudonym.ts';
import type { ModelSpending } from '../definitions/tool.ts';

/** What is on record of who calls; who acts is not known of a request that the gateway refused by itself. */
export type RecordedCaller = Pick<Principal, 'tenant' | 'user' | 'application' | 'token'> &
  Partial<Pick<Principal, 'actor' | 'parentApplication'>>;

/**
 * What is on record of one request: trace, log and audit trail all have it from here. It holds no values of arguments
 * or results.
 */
export interface CallRecord {
  /** Unique. */
  readonly id: string;
  /** When it began. */
  readonly time: Date;
  /** Undefined when the caller could not be verified. */
  readonly caller: RecordedCaller | undefined;
  readonly by: AuditEntry['by'];
  /** What was asked for; empty when that is not known. */
  readonly subject: string;
  /** The former name by which it was asked for, if it was. */
  readonly calledAs: string | undefined;
  readonly decision: AuditEntry['decision'];
  /** Why it was decided so. */
  readonly reason: string;
  readonly argumentDigest: string;
  readonly outcome: string;
  /** How long it took, not rounded; undefined for a request that was refused before it became a call. */
  readonly durationMs: number | undefined;
  /** Of the caller's request, for the log; the calls of an expert have that of their question. */
  readonly correlationId: string;
  /** Under which the trail joins what belongs together. */
  readonly joins: string;
  readonly traceId: string | undefined;
  /** What models used for it. */
  readonly spending: ModelSpending | undefined;
}

type Asked = 'time' | 'caller' | 'subject' | 'decision' | 'reason' | 'outcome' | 'correlationId';

/** Makes every record. The defaults are those of a request that never became a call. */
export function callRecord({
  time,
  caller,
  subject,
  decision,
  reason,
  outcome,
  correlationId,
  id = correlationId,
  by = 'caller',
  calledAs,
  argumentDigest = '',
  durationMs,
  joins = correlationId,
  traceId,
  spending,
}: Pick<CallRecord, Asked> & Partial<CallRecord>): CallRecord {
  return {
    id,
    time,
    caller,
    by,
    subject,
    calledAs,
    decision,
    reason,
    argumentDigest,
    outcome,
    durationMs,
    correlationId,
    joins,
    traceId,
    spending,
  };
}

/** Always with the same members, in the order in which the chain of the trail takes them: sorting finds nothing to move. */
export function auditEntryOf(record: CallRecord): AuditEntry {
  const { id, time, caller, by, subject, calledAs, decision, reason, argumentDigest, outcome } = record;
  const { spending } = record;
  return {
    actor: caller?.actor,
    application: caller?.application ?? '',
    argumentDigest,
    by,
    calledAs,
    correlationId: record.joins,
    cost: spending?.cost,
    currency: spending?.currency,
    decision,
    durationMs: Math.round(record.durationMs ?? 0),
    id,
    inputTokens: spending?.inputTokens,
    outcome,
    outputTokens: spending?.outputTokens,
    parentApplication: caller?.parentApplication,
    reason,
    tenant: caller?.tenant,
    time: time.toISOString(),
    token: caller?.token,
    tool: subject,
    user: caller?.user ?? '',
  };
}

/**
 * The fields of its line in the log: who (pseudonymous), what, whether they might, how it ended, how long it took in
 * milliseconds, and the trace that it belongs to if there is one. What never became a call says why.
 */
export function logFieldsOf(record: CallRecord, pseudonym: Pseudonym): LogFields {
  const { caller, by, subject, calledAs, decision, reason, outcome, durationMs, correlationId, traceId } =
    record;
  const isCall = durationMs !== undefined;
  return {
    ...(caller && { tenant: caller.tenant, user: pseudonym(caller.user) }),
    ...(caller?.actor !== undefined && { actor: caller.actor }),
    ...(subject !== '' && { tool: subject }),
    ...(calledAs !== undefined && { calledAs }),
    ...(isCall && { by }),
    decision,
    outcome,
    ...(isCall ? { durationMs: Math.round(durationMs) } : { reason }),
    correlationId,
    ...(traceId !== undefined && { traceId }),
  };
}
