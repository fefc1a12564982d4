import type { AuditEntry } from '#platform/access/audit';
import type { TenantId } from '#platform/identity/tenant';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';

export interface TrailQuery {
  readonly dataStorage: string;
  /** `platform` is where the requests are that could not be attributed to a tenant. */
  readonly tenant: TenantId;
  /** How far back. */
  readonly seconds: number;
}

/** The entries of the last `seconds` seconds, oldest first. */
export async function readTrail({ dataStorage, tenant, seconds }: TrailQuery): Promise<AuditEntry[]> {
  const now = new Date();
  const since = new Date(now.getTime() - seconds * 1000);
  const entries: AuditEntry[] = [];
  for await (const entry of auditStore(await openStorage({ dataStorage })).read({ tenant, since, now })) {
    entries.push(entry);
  }
  return entries;
}
