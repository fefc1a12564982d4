import { type Proof, type ProvenRow, proofOf } from '#platform/access/audit-proof';
import { counted } from '#platform/counted';
import { addDays, dayOf } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import { auditHeadStore } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';

export interface Verification {
  readonly dataStorage: string;
  readonly tenant: TenantId;
  /** Keys that may have sealed the trail; any when left out. */
  readonly keys?: readonly string[] | undefined;
  /** For how many days the trail is kept; for ever when left out. */
  readonly auditDays?: number | undefined;
  readonly now: Date;
}

/** Reads the whole trail of a tenant, and compares it with its chains and heads. */
export async function verifyTrail({
  dataStorage,
  tenant,
  keys,
  auditDays,
  now,
}: Verification): Promise<Proof> {
  const storage = await openStorage({ dataStorage });
  // first the heads: what they seal is there when the rows are read
  const heads = await auditHeadStore(storage).read(tenant);
  const rows: ProvenRow[] = [];
  for await (const row of auditStore(storage).rows(tenant)) {
    rows.push(row);
  }
  const keptFrom = auditDays === undefined ? undefined : addDays(dayOf(now), -auditDays);
  return proofOf(rows, { tenant, heads, keys, keptFrom });
}

/** What a verification found, the first fault first. */
export function linesOf({ faults, rows, shards, unsealed, head }: Proof): readonly string[] {
  const [first, ...others] = faults;
  const verdict =
    first === undefined
      ? `${counted(rows, 'entry', 'entries')} of ${counted(shards.size, 'writer')}: each is as it was written, and none is missing between them.`
      : `The trail is not as it was written. ${first.sentence}`;
  return [
    verdict,
    ...(others.length === 0 ? [] : [`${counted(others.length, 'further fault')} in other places.`]),
    head === undefined
      ? 'It was never sealed: whether entries were cut off at an end of it cannot be proven.'
      : `Sealed at ${head.time} by head ${head.number}, with the key ${head.key}.`,
    ...(head === undefined || unsealed === 0
      ? []
      : [
          `${counted(unsealed, 'entry', 'entries')} came later: whether more came, and were cut off, cannot be proven.`,
        ]),
  ];
}
