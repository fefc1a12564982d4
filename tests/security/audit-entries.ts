import type { AuditEntry } from '#platform/access/audit';
import type { TenantId } from '#platform/identity/tenant';
import { auditStore } from '#platform/storage/audit-store';
import { testStorage } from '../support/azurite.ts';

/** What is stored now. */
export async function entriesOf(owner: TenantId): Promise<AuditEntry[]> {
  const now = new Date();
  const since = new Date(now.getTime() - 3_600_000);
  const entries: AuditEntry[] = [];
  for await (const entry of auditStore(await testStorage()).read({ tenant: owner, since, now })) {
    entries.push(entry);
  }
  return entries;
}
