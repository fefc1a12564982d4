import type { AuditEntry } from '#platform/access/audit';
import { millisecondsPerHour } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';
import { type JoinedEntry, joined, tokenHours } from './joined.ts';

export interface TrailQuery {
  readonly dataStorage: string;
  /** `platform` is where the requests are that could not be attributed to a tenant. */
  readonly tenant: TenantId;
  /** How far back. */
  readonly seconds: number;
}

/** The entries of the last `seconds` seconds, oldest first, with what sign-ins before them say of their clients. */
export async function readTrail({ dataStorage, tenant, seconds }: TrailQuery): Promise<JoinedEntry[]> {
  const now = new Date();
  const since = new Date(now.getTime() - seconds * 1000);
  const signIns = new Date(since.getTime() - tokenHours * millisecondsPerHour);
  const entries: AuditEntry[] = [];
  const store = auditStore(await openStorage({ dataStorage }));
  for await (const entry of store.read({ tenant, since: signIns, now })) {
    entries.push(entry);
  }
  return joined(entries).filter(({ time }) => time >= since.toISOString());
}
