import type { AuditEntry } from '#platform/access/audit';
import type { TenantId } from '#platform/identity/tenant';

/** Long ago: nothing that other test files write is old then. */
export const now = new Date('2001-11-29T12:00:00Z');

export const entry = (tenant: TenantId, time: string, id = time): AuditEntry => ({
  id,
  time,
  tenant,
  user: 't:ada',
  application: 'a client',
  by: 'caller',
  tool: 'get_products',
  decision: 'allowed',
  reason: 'role',
  argumentDigest: 'd',
  outcome: 'ok',
  durationMs: 1,
  correlationId: 'c',
});
