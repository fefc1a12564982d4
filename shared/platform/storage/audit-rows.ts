import type { AuditEntry } from '../access/audit.ts';
import type { ChainedEntry, ChainLink } from '../access/audit-chain.ts';
import type { NewRow, Properties, RowKeys, StoredRow } from './table.ts';

/** A row of the trail. Rows from before there were chains have no link. */
export interface AuditRow {
  readonly entry: AuditEntry;
  readonly link: ChainLink | undefined;
  /** The row stands where its entry belongs. */
  readonly isInPlace: boolean;
}

/** The day of an entry, `YYYY-MM-DD`: its partitions begin with it. */
export const dayOfEntry = ({ time }: AuditEntry) => time.slice(0, 10);

/** The 64 characters with which the name of a writer's shard can begin: four of them share a partition. */
const firstCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The partition of a day in which a writer writes: one of sixteen, because one takes 2,000 rows a second and an account
 * 20,000. A writer keeps to one, so that what it writes at once is one transaction.
 */
export function auditPartition(day: string, shard: string): string {
  const part = Math.max(0, firstCharacters.indexOf(shard.charAt(0))) >> 2;
  return `${day}:${part.toString(16)}`;
}

/** From ≤ key < below: all partitions of a day, those of rows from before there were sixteen, too. */
export function partitionsOfDay(day: string): { readonly from: string; readonly below: string } {
  // `;` is the character after `:`.
  return { from: day, below: `${day};` };
}

/** No two rows have one key, so nothing is ever replaced; both states of one entry stand side by side. */
export function keysOfEntry({ entry, link }: Pick<AuditRow, 'entry' | 'link'>): RowKeys {
  const day = dayOfEntry(entry);
  const key = `${entry.time}:${entry.id}`;
  return link === undefined
    ? { partitionKey: day, rowKey: key }
    : { partitionKey: auditPartition(day, link.shard), rowKey: `${key}:${link.shard}:${link.position}` };
}

/** The row of an entry. It may be written again when it is not known whether it was: it is the same. */
export function rowOf(chained: ChainedEntry): NewRow {
  const properties: Properties = {};
  addMembers(properties, chained.entry);
  addMembers(properties, chained.link);
  const { partitionKey, rowKey } = keysOfEntry(chained);
  return { partitionKey, rowKey, properties };
}

function addMembers(properties: Properties, members: AuditEntry | ChainLink): void {
  for (const name in members) {
    const value = (members as unknown as Readonly<Record<string, string | number | undefined>>)[name];
    if (value !== undefined && name !== 'tenant') {
      properties[name] = typeof value === 'number' ? { type: 'Double', value } : value;
    }
  }
}

/** @param tenant undefined for what belongs to none */
export function toAuditRow(
  { partitionKey, rowKey, properties }: StoredRow,
  tenant: string | undefined,
): AuditRow {
  const {
    timestamp: _timestamp,
    shard,
    position,
    previous,
    hash,
    ...members
  } = properties as Partial<Record<string, unknown>> & Partial<ChainLink>;
  const entry = { ...(members as unknown as AuditEntry), tenant };
  const link =
    shard === undefined || position === undefined || previous === undefined || hash === undefined
      ? undefined
      : { shard, position, previous, hash };
  const keys = keysOfEntry({ entry, link });
  const isOnItsDay = partitionKey === keys.partitionKey || partitionKey === dayOfEntry(entry);
  return { entry, link, isInPlace: isOnItsDay && keys.rowKey === rowKey };
}

/** Keys of rows begin with the time, and rows of one entry have the same beginning. */
export const inOrderOfTime = (one: StoredRow, other: StoredRow) => (one.rowKey < other.rowKey ? -1 : 1);

/**
 * Of the rows of one entry, which follow each other, the one that says how it ended. An entry that began and has no end has
 * the outcome `started`.
 */
export function* ended(rows: readonly AuditRow[]): Iterable<AuditEntry> {
  let open: AuditEntry | undefined;
  for (const { entry } of rows) {
    if (open !== undefined && open.id !== entry.id) {
      yield open;
      open = undefined;
    }
    open = open === undefined || entry.outcome !== 'started' ? entry : open;
  }
  if (open !== undefined) {
    yield open;
  }
}
