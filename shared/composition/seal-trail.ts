import {
  contentOf,
  digestOfHead,
  type Head,
  headOf,
  type Sealed,
  sealingKey,
} from '#platform/access/audit-heads';
import { type Chained, type ProvenRow, shardsOf, walkShard } from '#platform/access/audit-proof';
import { addDays, dayOf, millisecondsPerHour } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import type { AuditHeadStore, KeptHead } from '#platform/storage/audit-head-store';
import { type KeptAudit, platformTenant } from '#platform/storage/audit-store';
import { inTurn } from '#platform/storage/in-turn';
import type { Logger } from '#platform/telemetry/log';
import type { CleanUp } from './clean-up.ts';

/** What is done with heads once they are kept. */
export type AfterSealing = (tenant: TenantId, heads: readonly KeptHead[]) => Promise<void>;

export interface Sealing {
  readonly audit: Pick<KeptAudit, 'rows'>;
  readonly heads: AuditHeadStore;
  readonly tenants: readonly TenantId[];
  /** Of which the key is made that signs. */
  readonly secret: string;
  readonly now: () => Date;
  readonly logger: Logger;
  /** By their names, one after the other; what fails stops no other, and is tried again after the next sealing. */
  readonly afterwards?: Readonly<Record<string, AfterSealing>>;
}

/** Shards that one head names at most: it is kept in one property. */
const mostShards = 300;
/** After which nothing is missing only because it was being written when it was read. */
const settledMs = millisecondsPerHour;
/** Heads of so many days are read; all of them only when these do not say what has to be known. */
const recentDays = 2;

/** Seals what was added to the trails since the last time; for the hourly timer. */
export function trailSealing(sealing: Sealing): CleanUp {
  return (enough) =>
    inTurn([...sealing.tenants, platformTenant], { enough }, async (tenant) => {
      const heads = await sealTrail(tenant, sealing);
      for (const [name, after] of Object.entries(sealing.afterwards ?? {})) {
        await after(tenant, heads).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : 'unknown';
          sealing.logger.log('error', 'audit trail not passed on', { tenant, to: name, reason });
        });
      }
    });
}

/**
 * Only what fits the chain is sealed: what does not is told to the operator, and stays visible to whoever verifies.
 * @returns the last heads, those that were made now included; all when only so many are there
 */
async function sealTrail(
  tenant: TenantId,
  { audit, heads, secret, now, logger }: Sealing,
): Promise<KeptHead[]> {
  let known = await recentHeads(tenant, heads, now());
  const rows: ProvenRow[] = [];
  for await (const row of audit.rows(tenant, firstDayAfter(known.at(-1)))) {
    rows.push(row);
  }
  const byShard = shardsOf(rows);
  let sealed = sealedBy(known);
  if (!areAll(known) && ![...byShard].every(([shard, ofShard]) => begins(ofShard) || sealed.has(shard))) {
    known = await heads.read(tenant);
    sealed = sealedBy(known);
  }
  const grown: [string, Sealed][] = [];
  for (const [shard, ofShard] of byShard) {
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
  const all = [...known];
  for (let first = 0; first < grown.length; first += mostShards) {
    const before = all.at(-1);
    const number = (before?.number ?? 0) + 1;
    const head: Head = headOf(
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
    all.push({ ...head, number });
  }
  return all;
}

/** The last heads without a gap; all when there are none of these days. */
async function recentHeads(tenant: TenantId, heads: AuditHeadStore, now: Date): Promise<readonly KeptHead[]> {
  const recent = await heads.read(tenant, new Date(`${addDays(dayOf(now), -recentDays)}T00:00:00Z`));
  const follow = recent.every(({ number }, at) => at === 0 || number === (recent[at - 1]?.number ?? 0) + 1);
  return recent.length > 0 && follow ? recent : await heads.read(tenant);
}

const areAll = (heads: readonly KeptHead[]) => heads.length === 0 || heads[0]?.number === 1;
const begins = (rows: readonly Chained[]) => rows[0]?.link.position === 1;

/** How far each shard is sealed by these heads. */
export function sealedBy(heads: readonly Head[]): ReadonlyMap<string, Sealed> {
  return new Map(heads.flatMap((head) => Object.entries(contentOf(head)?.shards ?? {})));
}

/** The first day whose rows a head may not have seen: a call that began the day before may have ended since. */
export function firstDayAfter(head: Head | undefined): string | undefined {
  const content = head && contentOf(head);
  return content && addDays(content.time.slice(0, 10), -1);
}
