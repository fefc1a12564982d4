import type { AuditEntry } from '../access/audit.ts';
import { dayOf, millisecondsPerDay } from '../dates.ts';
import { ended, inOrderOfTime, partitionsOfDay, toAuditRow } from './audit-rows.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import type { StoredRow, Table } from './table.ts';

export interface PageQuery {
  /** The oldest entry wanted, ISO 8601 in UTC with milliseconds. */
  readonly since: string;
  /** Where the page begins: a time as `since`, or the place that the page before ended at. Nothing at or after it is read. */
  readonly before: string;
  /** Entries of the page at most. */
  readonly limit: number;
  readonly matches: (entry: AuditEntry) => boolean;
}

export interface TrailPage {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** Where the next page begins; undefined when everything was looked at. A page may be empty and have one. */
  readonly next: string | undefined;
}

/** A place in a trail: a time, and behind it the id of an entry where the page ended within a moment. */
export const placeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?::[\w-]{1,200})?$/;

const lengthOfTime = '2026-01-01T00:00:00.000Z'.length;
/** Rows are kept in order of time and asked for newest first, so they are looked at a span at a time, from its end backwards. */
const spans = { first: 10 * 60_000, shortest: 1_000, longest: millisecondsPerDay };
/** Of one span: when there are more, a shorter one is looked at. */
const mostOfOneLook = 3_000;
const mostRows = 5_000;
const mostLooks = 40;

/** @param tenant undefined for what belongs to none */
export async function pageOfTrail(
  table: Pick<Table, 'pages'>,
  tenant: string | undefined,
  { since, before, limit, matches }: PageQuery,
): Promise<TrailPage> {
  const entries: AuditEntry[] = [];
  let end = before;
  let span = spans.first;
  let seen = 0;
  for (let looks = 0; end > since && looks < mostLooks && seen < mostRows; looks += 1) {
    const start = startOf(end, span, since);
    const rows = await rowsBetween(table, start, end, span > spans.shortest ? mostOfOneLook : undefined);
    if (rows === undefined) {
      span = Math.max(spans.shortest, span / 8);
      continue;
    }
    seen += rows.length;
    const found = [...ended(rows.map((row) => toAuditRow(row, tenant)))].filter(matches).reverse();
    for (const entry of found) {
      const last = entries.at(-1);
      if (last !== undefined && entries.length === limit) {
        return { entries, next: `${last.time}:${last.id}` };
      }
      entries.push(entry);
    }
    end = start;
    span = Math.min(spans.longest, span * 4);
  }
  return { entries, next: end > since ? end : undefined };
}

/** A span ends where its day begins: a day has partitions of its own. */
function startOf(end: string, span: number, since: string): string {
  const time = Date.parse(end.slice(0, lengthOfTime));
  const lastMoment = end.length > lengthOfTime ? time : time - 1;
  const midnight = `${dayOf(new Date(lastMoment))}T00:00:00.000Z`;
  const start = new Date(time - span).toISOString();
  return [start, midnight, since].reduce((latest, one) => (one > latest ? one : latest));
}

/** From ≤ time < below, in order of time; undefined when there are more than `most`. */
async function rowsBetween(
  table: Pick<Table, 'pages'>,
  from: string,
  below: string,
  most = Number.POSITIVE_INFINITY,
): Promise<StoredRow[] | undefined> {
  const day = partitionsOfDay(from.slice(0, 10));
  const filter = odata`PartitionKey ge ${day.from} and PartitionKey lt ${day.below} and RowKey ge ${from} and RowKey lt ${below}`;
  return await absentTableAs([], async () => {
    const rows: StoredRow[] = [];
    for await (const page of table.pages({ filter })) {
      rows.push(...page.rows);
      if (rows.length > most) {
        return undefined;
      }
    }
    return rows.sort(inOrderOfTime);
  });
}
