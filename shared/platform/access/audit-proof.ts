import { groupBy } from '../group-by.ts';
import type { AuditEntry } from './audit.ts';
import { type ChainLink, hashOf } from './audit-chain.ts';
import { contentOf, digestOfHead, type Head, type HeadContent, type Sealed } from './audit-heads.ts';

/** A row of the trail, as far as its place can be proven. */
export interface ProvenRow {
  readonly entry: AuditEntry;
  readonly link: ChainLink | undefined;
  readonly isInPlace: boolean;
}

/** Something that is not as it was written. */
export interface Fault {
  readonly kind: 'changed' | 'removed' | 'elsewhere' | 'head';
  readonly shard: string;
  readonly position: number;
  /** When it was, as far as that is known; ISO 8601 in UTC. */
  readonly time: string;
  /** What is wrong, and with which entry. */
  readonly sentence: string;
}

export interface Proof {
  /** In the order of time; the first one is where to begin to look. */
  readonly faults: readonly Fault[];
  readonly rows: number;
  /** How far each shard reaches without a fault. */
  readonly shards: ReadonlyMap<string, Sealed>;
  /** Rows that no head covers: whether some were cut off after them nobody can prove. */
  readonly unsealed: number;
  /** The last head; undefined when there is none. */
  readonly head: HeadContent | undefined;
}

export interface ProofOptions {
  /** In whose trail the rows are. */
  readonly tenant: string;
  /** In their order. */
  readonly heads: readonly Head[];
  /** Keys that may have signed, as {@link HeadContent} names them; any when left out. */
  readonly keys?: readonly string[] | undefined;
  /** First day of which everything must be there, `YYYY-MM-DD`; for ever when left out. */
  readonly keptFrom?: string | undefined;
}

/** A row that is in a chain. */
export type Chained = ProvenRow & { readonly link: ChainLink };

/** Compares a trail with its chains and heads. */
export function proofOf(
  rows: Iterable<ProvenRow>,
  { tenant, heads, keys, keptFrom = '' }: ProofOptions,
): Proof {
  const all = [...rows];
  const faults: Fault[] = [];
  const byShard = shardsOf(all);
  const shards = new Map<string, Sealed>();
  for (const [shard, ofShard] of byShard) {
    const { end, fault } = walkShard(ofShard, { tenant, keptFrom });
    shards.set(shard, end);
    faults.push(...(fault === undefined ? [] : [fault]));
  }
  const sealed = new Map<string, Sealed>();
  let last: HeadContent | undefined;
  let before: Head | undefined;
  for (const [at, head] of heads.entries()) {
    const content = contentOf(head);
    const wrong = wrongWith(content, { tenant, keys, number: at + 1, before });
    if (content === undefined || wrong !== undefined) {
      const time = content?.time ?? last?.time ?? '';
      faults.push({ kind: 'head', shard: '', position: at + 1, time, sentence: wrong ?? '' });
      break;
    }
    for (const [shard, end] of Object.entries(content.shards)) {
      sealed.set(shard, end);
      const fault = againstHead(content, shard, end, byShard.get(shard) ?? [], keptFrom);
      faults.push(...(fault === undefined ? [] : [fault]));
    }
    [last, before] = [content, head];
  }
  const unsealed = all.filter(
    ({ link }) => link === undefined || link.position > (sealed.get(link.shard)?.[0] ?? 0),
  ).length;
  faults.sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0));
  return { faults, rows: all.length, shards, unsealed, head: last };
}

/** Rows by their shards, each in the order of its positions. */
export function shardsOf(rows: Iterable<ProvenRow>): ReadonlyMap<string, readonly Chained[]> {
  const linked = [...rows].filter((row): row is Chained => row.link !== undefined);
  const byShard = groupBy(linked, ({ link }) => link.shard);
  for (const ofShard of byShard.values()) {
    ofShard.sort((one, other) => one.link.position - other.link.position);
  }
  return byShard;
}

export interface Walk {
  /** In whose trail the rows are. */
  readonly tenant: string;
  readonly keptFrom?: string;
  /** Where the rows go on; at the beginning when left out. */
  readonly from?: Sealed;
}

/** One shard, in the order of its positions, up to its first fault. */
export function walkShard(
  rows: readonly Chained[],
  { tenant, keptFrom = '', from = [0, ''] }: Walk,
): { readonly end: Sealed; readonly fault?: Fault } {
  let end: Sealed = from;
  let before: Chained | undefined;
  for (const row of rows) {
    const fault = faultOf(row, before, { end, tenant, keptFrom });
    if (fault !== undefined) {
      return { end, fault };
    }
    end = [row.link.position, row.link.hash];
    before = row;
  }
  return { end };
}

function faultOf(
  row: Chained,
  before: Chained | undefined,
  { end: [position, hash], tenant, keptFrom }: { end: Sealed; tenant: string; keptFrom: string },
): Fault | undefined {
  const { link, entry } = row;
  // a day that is not kept may have held entries between those of the first day that is
  const isCutByAge = [before, row].some((one) => one !== undefined && isOld(one.entry.time, keptFrom));
  if (!row.isInPlace) {
    return faultAt('elsewhere', row, `The entry ${named(row)} was put elsewhere.`);
  }
  if (hashOf(tenant, entry, link) !== link.hash) {
    return faultAt('changed', row, `The entry ${named(row)} was changed, or is of another trail.`);
  }
  if (link.position === position) {
    return faultAt('elsewhere', row, `The entry ${named(row)} stands at the place of another one.`);
  }
  if (link.position > position + 1 && !isCutByAge) {
    const missing = { shard: link.shard, position: position + 1, time: before?.entry.time ?? entry.time };
    return {
      kind: 'removed',
      ...missing,
      sentence: `The entry ${position + 1} of ${link.shard} was removed; the next one that is there is ${named(row)}.`,
    };
  }
  if (link.position === position + 1 && link.previous !== hash) {
    return faultAt(
      'changed',
      before ?? row,
      `The entry ${named(before ?? row)} was changed, and its hash made anew.`,
    );
  }
  return undefined;
}

/** Of a day that need not be complete, or the first one that is. */
function isOld(time: string, keptFrom: string): boolean {
  return time.slice(0, 10) <= keptFrom;
}

function againstHead(
  head: HeadContent,
  shard: string,
  [position, hash]: Sealed,
  rows: readonly Chained[],
  keptFrom: string,
): Fault | undefined {
  const row = rows.find(({ link }) => link.position === position);
  if (row === undefined) {
    const last = rows.at(-1);
    const cut = rows.find(({ link }) => link.position > position) ?? last;
    if (isOld(cut?.entry.time ?? head.time, keptFrom)) {
      return undefined;
    }
    const at = (last?.link.position ?? 0) + 1;
    return {
      kind: 'removed',
      shard,
      position: Math.min(at, position),
      time: last?.entry.time ?? head.time,
      sentence: `The entry ${Math.min(at, position)} of ${shard} was removed; ${position} were there when head ${head.number} sealed them at ${head.time}.`,
    };
  }
  return row.link.hash === hash
    ? undefined
    : faultAt('changed', row, `The entry ${named(row)} was changed after head ${head.number} had sealed it.`);
}

interface Expected {
  readonly tenant: string;
  readonly keys: readonly string[] | undefined;
  readonly number: number;
  readonly before: Head | undefined;
}

function wrongWith(
  content: HeadContent | undefined,
  { tenant, keys, number, before }: Expected,
): string | undefined {
  if (content === undefined) {
    return `The head ${number} was changed: its signature does not fit.`;
  }
  if (keys !== undefined && !keys.includes(content.key)) {
    return `The head ${number} is signed with the key ${content.key}, which is none of this deployment.`;
  }
  if (content.tenant !== tenant || content.number !== number) {
    return `The head ${number} was removed, or put elsewhere: in its place is head ${content.number} of ${content.tenant}.`;
  }
  return content.previous === (before === undefined ? '' : digestOfHead(before))
    ? undefined
    : `The head ${number - 1} was put in the place of another one: head ${number} names another.`;
}

function faultAt(kind: Fault['kind'], { entry, link }: Chained, sentence: string): Fault {
  return { kind, shard: link.shard, position: link.position, time: entry.time, sentence };
}

/** An entry, so that it can be found. */
function named({ entry, link }: Chained): string {
  return `${link.position} of ${link.shard} (${entry.time}, ${entry.tool || 'request'}, id ${entry.id})`;
}
