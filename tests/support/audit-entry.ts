import type { AuditEntry } from '#platform/access/audit';

/** A call that went well, the `number`th of its test. */
export function anAuditEntry(
  number: number,
  more: Pick<AuditEntry, 'time' | 'tenant'> & Partial<AuditEntry>,
): AuditEntry {
  return {
    id: `id-${number}`,
    user: 'tid:ada',
    application: 'app',
    by: 'caller',
    tool: 'pay',
    decision: 'allowed',
    reason: 'role:clerk',
    argumentDigest: 'digest',
    outcome: 'ok',
    durationMs: number,
    correlationId: `c-${number}`,
    ...more,
  };
}
