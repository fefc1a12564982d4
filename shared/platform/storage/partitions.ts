import { odata } from './odata.ts';
import type { StoredRow, Table } from './table.ts';

type Pages = Pick<Table, 'pages'>;

/** How often a partition that changes under the reader is read again. */
const mostReadings = 20;

/**
 * The partitions of a table in the order of their keys, each as it was at one moment: what changes together is a partition, so no
 * half of a change is in a back-up. One answer of Table Storage is of one moment within a partition; a partition that two
 * answers share is read by itself, until two readings are the same.
 * @param from key of the first one that is wanted
 * @throws Error when a partition changes faster than it can be read
 */
export async function* partitions(
  table: Pages,
  from = '',
): AsyncGenerator<readonly StoredRow[], void, undefined> {
  let done: string | undefined;
  for await (const { rows, more } of pagesFrom(table, from)) {
    const groups = grouped(rows).filter(({ key }) => key !== done);
    for (const [place, { key, rows: whole }] of groups.entries()) {
      const isCut = more && place === groups.length - 1;
      yield isCut ? await stablePartition(table, key) : whole;
      done = key;
    }
  }
}

/** The rows of a table whose rows do not belong together, as they come. @param from as above */
export async function* pagesOf(
  table: Pages,
  from = '',
): AsyncGenerator<readonly StoredRow[], void, undefined> {
  for await (const { rows } of pagesFrom(table, from)) {
    yield rows;
  }
}

function pagesFrom(table: Pages, from: string) {
  return table.pages(from === '' ? {} : { filter: odata`PartitionKey ge ${from}` });
}

function grouped(rows: readonly StoredRow[]): { readonly key: string; readonly rows: StoredRow[] }[] {
  const groups: { readonly key: string; readonly rows: StoredRow[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.key === row.partitionKey) {
      last.rows.push(row);
    } else {
      groups.push({ key: row.partitionKey, rows: [row] });
    }
  }
  return groups;
}

async function stablePartition(table: Pages, key: string): Promise<readonly StoredRow[]> {
  let before: string | undefined;
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const rows: StoredRow[] = [];
    let pages = 0;
    for await (const page of table.pages({ filter: odata`PartitionKey eq ${key}` })) {
      rows.push(...page.rows);
      pages += 1;
    }
    const seen = rows.map(({ rowKey, etag }) => `${rowKey} ${etag}`).join('\n');
    if (pages === 1 || seen === before) {
      return rows;
    }
    before = seen;
  }
  throw new Error(
    'A partition changes faster than it can be read; run the command again, it goes on where it was.',
  );
}
