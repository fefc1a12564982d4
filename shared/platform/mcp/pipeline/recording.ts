import { decisionOf } from './access.ts';
import { type CallRecord, callRecord } from './call-record.ts';
import type { ArgumentDigest } from './digest.ts';
import type { Invocation } from './invocation.ts';
import { subjectOf } from './operation.ts';

/** Makes the record of a call, as far as it has come. */
export type Recording = (
  invocation: Invocation,
  end: Pick<CallRecord, 'outcome' | 'durationMs'>,
) => CallRecord;

export function recordingWith(digest: ArgumentDigest): Recording {
  return (invocation, { outcome, durationMs }) => {
    const { operation, call, by, id, startedAt, joins, traceId, spending } = invocation;
    const { principal, correlationId } = call;
    const subject = subjectOf(operation);
    return callRecord({
      id,
      time: startedAt,
      caller: principal,
      by,
      subject,
      calledAs: operation.calledAs,
      ...decisionOf(invocation),
      argumentDigest: digest(principal.tenant, subject, withoutCode(invocation.arguments)),
      outcome,
      durationMs,
      correlationId,
      joins: joins ?? correlationId,
      traceId,
      spending,
    });
  };
}

/** So that a proposal, its refusal and the call that confirms it have equal digests. */
function withoutCode(args: unknown): unknown {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    return args ?? {};
  }
  const { confirmation_code: _code, ...asked } = args as Readonly<Record<string, unknown>>;
  return asked;
}
