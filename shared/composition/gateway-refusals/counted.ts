import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditTrail } from '#platform/access/audit';
import { minuteOf } from '#platform/caching/per-minute';
import { auditEntryOf } from '#platform/mcp/pipeline/call-record';
import { countRefusal } from '#platform/telemetry/counts';
import { refusalRecord } from '../refusals.ts';

/** The reasons of API Management's validate-jwt and of the sign-in's policies, and what the endpoints call the same. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['TokenNotPresent', 'no_token'],
  ['TokenExpired', 'expired'],
  ['TokenAudienceNotAllowed', 'audience'],
  ['TokenIssuerNotAllowed', 'issuer'],
  ['TokenClaimNotFound', 'not_an_access_token'],
  ['TokenClaimValueNotAllowed', 'tenant'],
  ['TokenSignatureInvalid', 'signature'],
  ['TokenSignatureKeyNotFound', 'unknown_key'],
  ['SignInLimitExceeded', 'too_many_sign_ins'],
  ['SignInRequestRefused', 'sign_in_request'],
]);

/**
 * Keeps one entry a minute and reason for requests of unverified callers, with their number, because anybody can send
 * any number of them. The entry is written again as the number grows. Each instance has entries of its own.
 */
export function refusalCounts(trail: AuditTrail, now: () => Date) {
  let current = 0;
  let entries = new Map<string, AuditEntry>();
  return (reportedReason: string): void => {
    const reason = reasons.get(reportedReason) ?? 'invalid_token';
    countRefusal(reason, undefined);
    const time = now();
    if (minuteOf(time) !== current) {
      current = minuteOf(time);
      entries = new Map();
    }
    const before = entries.get(reason) ?? begin(reason, time);
    const entry = { ...before, count: (before.count ?? 0) + 1 };
    entries.set(reason, entry);
    trail.enqueue(entry);
  };
}

function begin(reason: string, time: Date): AuditEntry {
  const refusal = { principal: undefined, tool: '', reason, correlationId: randomUUID() };
  return auditEntryOf(refusalRecord(refusal, time));
}
