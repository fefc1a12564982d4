import { contentOf, digestOfHead, headOf, type Sealed, sealingKey } from '#platform/access/audit-heads';
import { type ProvenRow, shardsOf, walkShard } from '#platform/access/audit-proof';
import { addDays } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import type { AuditHeadStore } from '#platform/storage/audit-head-store';
import { type KeptAudit, platformTenant } from '#platform/storage/audit-store';
import { inTurn } from '#platform/storage/in-turn';
import type { Logger } from '#platform/telemetry/log';
import type { CleanUp } from './clean-up.ts';

export interface Sealing {
  readonly audit: Pick<KeptAudit, 'rows'>;
  readonly heads: AuditHeadStore;
  readonly tenants: readonly TenantId[];
  /** Of which the key is made that signs. */
  readonly secret: string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Shards that one head names at most: it is kept in one property. */
const mostShards = 300;
/** After which nothing is missing only because it was being written when it was read. */
const settledMs = 3_600_000;

/** Seals what was added to the trails since the last time; for the hourly timer. */
export function trailSealing(sealing: Sealing): CleanUp {
  return (enough) =>
    inTurn([...sealing.tenants, platformTenant], { enough }, (tenant) => sealTrail(tenant, sealing));
}

/** Only what fits the chain is sealed: what does not is told to the operator, and stays visible to whoever verifies. */
async function sealTrail(tenant: TenantId, { audit, heads, secret, now, logger }: Sealing): Promise<void> {
  const known = await heads.read(tenant);
  const contents = known.flatMap((head) => contentOf(head) ?? []);
  const last = contents.at(-1);
  const sealed = new Map<string, Sealed>(contents.flatMap(({ shards }) => Object.entries(shards)));
  // a call that began the day before may have ended since
  const since = last && addDays(last.time.slice(0, 10), -1);
  const rows: ProvenRow[] = [];
  for await (const row of audit.rows(tenant, since)) {
    rows.push(row);
  }
  const grown: [string, Sealed][] = [];
  for (const [shard, ofShard] of shardsOf(rows)) {
    const from = sealed.get(shard) ?? ([0, ''] as const);
    const { end, fault } = walkShard(
      ofShard.filter(({ link }) => link.position > from[0]),
      { tenant, from },
    );
    // a younger one may be read while its writer goes on with the next day
    if (fault !== undefined && now().getTime() - Date.parse(fault.time) > settledMs) {
      logger.log('error', 'audit trail does not fit', { tenant, reason: fault.sentence });
    }
    if (end[0] > from[0]) {
      grown.push([shard, end]);
    }
  }
  const key = sealingKey(secret);
  let before = known.at(-1);
  for (let first = 0, number = known.length + 1; first < grown.length; first += mostShards, number += 1) {
    const head = headOf(
      {
        tenant,
        number,
        time: now().toISOString(),
        previous: before === undefined ? '' : digestOfHead(before),
        shards: Object.fromEntries(grown.slice(first, first + mostShards)),
      },
      key,
    );
    await heads.add(tenant, number, head);
    before = head;
  }
}
