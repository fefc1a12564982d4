import type { AuditEntry } from '../../shared/access/audit.ts';
import type { TenantId } from '../../shared/identity/tenant.ts';
import { auditStore } from '../../shared/storage/audit-store.ts';
import { openStorage } from '../../shared/storage/connect.ts';

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
