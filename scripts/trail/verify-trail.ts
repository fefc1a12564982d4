import { type Fault, type Proof, type ProvenRow, proofOf } from '#platform/access/audit-proof';
import { counted } from '#platform/counted';
import { addDays, dayOf } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import { auditHeadStore, type KeptHead } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import { openStorage } from '#platform/storage/connect';
import type { HeadCopies } from '#platform/storage/head-copies';

export interface Verification {
  readonly dataStorage: string;
  readonly tenant: TenantId;
  /** Keys that may have sealed the trail; any when left out. */
  readonly keys?: readonly string[] | undefined;
  /** For how many days the trail is kept; for ever when left out. */
  readonly auditDays?: number | undefined;
  readonly now: Date;
  /** Copies of the heads, which show that some were cut off. */
  readonly copies?: HeadCopies | undefined;
}

/** Reads the whole trail of a tenant, and compares it with its chains and heads. */
export async function verifyTrail({
  dataStorage,
  tenant,
  keys,
  auditDays,
  now,
  copies,
}: Verification): Promise<Proof> {
  const storage = await openStorage({ dataStorage });
  // first the heads: what they seal is there when the rows are read
  const heads = await auditHeadStore(storage).read(tenant);
  const rows: ProvenRow[] = [];
  for await (const row of auditStore(storage).rows(tenant)) {
    rows.push(row);
  }
  const keptFrom = auditDays === undefined ? undefined : addDays(dayOf(now), -auditDays);
  const proof = proofOf(rows, { tenant, heads, keys, keptFrom });
  const fault = copies && (await againstCopies(tenant, heads, copies));
  return fault === undefined ? proof : { ...proof, faults: [fault, ...proof.faults] };
}

/** Each head names the one before it, so the last copy stands for all. */
async function againstCopies(
  tenant: TenantId,
  heads: readonly KeptHead[],
  copies: HeadCopies,
): Promise<Fault | undefined> {
  const last = heads.at(-1);
  const number = last?.number ?? 0;
  const later = await copies.read(tenant, number + 1);
  const at = { kind: 'head', shard: '', time: '' } as const;
  if (later !== undefined) {
    const sentence = `The head ${number + 1} was removed: there is a copy of it.`;
    return { ...at, position: number + 1, sentence };
  }
  const copy = last && (await copies.read(tenant, number));
  return copy === undefined || copy.text === last?.text
    ? undefined
    : { ...at, position: number, sentence: `The head ${number} was changed: its copy says something else.` };
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
