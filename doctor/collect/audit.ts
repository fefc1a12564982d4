import { setTimeout as wait } from 'node:timers/promises';
import type { TrialCall } from '#platform/business';
import { type Environment, required, SettingsError, text } from '#platform/settings/read';
import { readTenants } from '#platform/settings/tenants';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';
import type { Claims, Known } from '../evidence.ts';
import { withClient } from './mcp.ts';

/** Milliseconds within which an entry is written; the service gathers entries for a fraction of a second. */
const searchTimeoutMs = 10_000;
const pause = 200;

/** Milliseconds that the service's clock may be behind this one's. */
const skew = 120_000;

export interface AuditProbe {
  readonly call: TrialCall;
  readonly url: string;
  readonly token: string;
  readonly claims: Claims;
  readonly env: Environment;
}

/** Makes a call and looks for it in the audit trail, in the storage of the settings. */
export async function collectAudit({ call, url, token, claims, env }: AuditProbe): Promise<Known<boolean>> {
  const count = await countEntries(call.tool, env, claims);
  if (typeof count === 'string') {
    return { missing: count };
  }
  const before = await count();
  await withClient(url, token, (client) => client.callTool({ name: call.tool, arguments: call.arguments }));
  for (const deadline = Date.now() + searchTimeoutMs; Date.now() < deadline; await wait(pause)) {
    if ((await count()) > before) {
      return { value: true };
    }
  }
  return { value: false };
}

/** Counts the caller's latest calls of a tool; or why that cannot be done. */
async function countEntries(
  tool: string,
  env: Environment,
  { tid, oid }: Claims,
): Promise<(() => Promise<number>) | string> {
  try {
    const tenant = readTenants(env).find(({ tenantIds }) => tenantIds.includes(tid.toLowerCase()))?.slug;
    if (tenant === undefined) {
      return `TENANTS does not name the directory ${tid} of the token.`;
    }
    const dataStorage =
      text(env, 'DATA_STORAGE') ?? required(env, 'AzureWebJobsStorage', 'the storage of the deployment');
    const store = auditStore(await openStorage({ dataStorage }));
    const user = `${tid.toLowerCase()}:${oid}`;
    return async () => {
      const now = Date.now();
      const query = { tenant, since: new Date(now - skew), now: new Date(now + skew) };
      let found = 0;
      for await (const entry of store.read(query)) {
        if (entry.tool === tool && entry.user === user) {
          found += 1;
        }
      }
      return found;
    };
  } catch (error) {
    if (error instanceof SettingsError || error instanceof RangeError) {
      return error.message;
    }
    throw error;
  }
}
