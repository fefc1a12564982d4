import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { raiseCounter } from '#platform/storage/counters';
import { absentTableAs } from '#platform/storage/marker';
import { StaleWrite } from '#platform/storage/stale-write';
import { type NewRow, type Table, transactionLimit } from '#platform/storage/table';
import { ensureTables, tableName } from '#platform/storage/tables';
import { fromLine, toLine } from './line.ts';
import { type Manifest, tableFile } from './manifest.ts';
import { removeOthers } from './remove-others.ts';
import { contentOf, linesOf } from './table-file.ts';
import { onlyAddedTo } from './tables.ts';

export interface RestoreOptions {
  readonly storage: Storage;
  readonly tenant: TenantId;
  readonly dir: string;
  readonly manifest: Manifest;
  /** Whether rows that the back-up does not have are removed; without it the tenant must have no data. */
  readonly replace: boolean;
  readonly onRows?: (table: string, rows: number, of: number) => void;
}

/** How a table is after a restore. */
export interface Restored {
  readonly table: string;
  readonly rows: number;
  /** Whether it is now, row by row, what the back-up has; a table that is only added to has that and perhaps more. */
  readonly isSame: boolean;
}

/** Transactions under way at the same time. */
const parallelism = 8;

/**
 * Writes a back-up into a tenant's tables. May be repeated after an interruption: the same rows are written over.
 * @throws Error when a file is not what the manifest says, before anything is written, or when there are data already
 */
export async function restore(options: RestoreOptions): Promise<readonly Restored[]> {
  const { storage, tenant, dir, manifest, replace, onRows } = options;
  const tables = Object.keys(manifest.tables);
  await check(dir, manifest);
  const tableOf = (name: string) => storage.table(tableName(tenant, name));
  if (!replace) {
    await refuseData(tables, tableOf, tenant);
  }
  await ensureTables(storage, tenant, tables);
  const restored: Restored[] = [];
  for (const table of tables) {
    const of = manifest.tables[table]?.rows ?? 0;
    let rows = 0;
    await write(table, tableOf(table), tableFile(dir, table), (more) => {
      rows += more;
      onRows?.(table, rows, of);
    });
    if (replace && !onlyAddedTo.has(table)) {
      await removeOthers(tableOf(table), tableFile(dir, table));
    }
    restored.push({ table, rows, isSame: await isSame(table, tableOf(table), manifest) });
  }
  return restored;
}

async function check(dir: string, { tables, finishedAt }: Manifest): Promise<void> {
  if (finishedAt === undefined) {
    throw new Error(
      'The back-up is not finished: run npm run backup with the same folder, it goes on where it was.',
    );
  }
  for (const [table, { sha256 }] of Object.entries(tables)) {
    const found = await contentOf(linesOf(tableFile(dir, table)));
    if (found.sha256 !== sha256) {
      throw new Error(
        `${table}.jsonl was changed since it was written; nothing was restored. Take another back-up.`,
      );
    }
  }
}

async function refuseData(
  tables: readonly string[],
  tableOf: (name: string) => Table,
  tenant: TenantId,
): Promise<void> {
  for (const name of tables.filter((table) => !onlyAddedTo.has(table))) {
    const isEmpty = await absentTableAs(true, async () => {
      const { value } = await tableOf(name).pages({ pageSize: 1 }).next();
      return (value?.rows.length ?? 0) === 0;
    });
    if (!isEmpty) {
      throw new Error(
        `${tenant} has data in the table ${name}; nothing was restored. With --replace the back-up takes their place.`,
      );
    }
  }
}

/** Rows come in the order of their keys, so those of a partition go together as far as a transaction takes them. */
async function write(
  name: string,
  table: Table,
  file: string,
  onRows: (rows: number) => void,
): Promise<void> {
  const under: Set<Promise<void>> = new Set();
  for await (const rows of transactions(file)) {
    const sent = writeRows(name, table, rows).then(() => onRows(rows.length));
    under.add(sent);
    const done = sent.finally(() => under.delete(sent));
    done.catch(() => {});
    if (under.size >= parallelism) {
      await Promise.race(under);
    }
  }
  await Promise.all(under);
}

async function writeRows(name: string, table: Table, rows: readonly NewRow[]): Promise<void> {
  if (name === 'Counters') {
    for (const { rowKey, properties } of rows) {
      // an id that was given once is never given again
      await raiseCounter(table, rowKey, Number(properties.next) - 1);
    }
  } else if (onlyAddedTo.has(name)) {
    await addMissing(table, rows);
  } else {
    await table.transactRepeatable(rows.map((row) => ({ upsert: row })));
  }
}

/** Rows that are there stay as they are. */
async function addMissing(table: Table, rows: readonly NewRow[]): Promise<void> {
  try {
    await table.transact(rows.map((row) => ({ insert: row })));
  } catch (error) {
    if (!(error instanceof StaleWrite)) {
      throw error;
    }
    const [only, ...others] = rows;
    if (only !== undefined && others.length > 0) {
      const half = Math.ceil(rows.length / 2);
      await addMissing(table, rows.slice(0, half));
      await addMissing(table, rows.slice(half));
    }
  }
}

/** Bytes of one transaction at most: Table Storage takes 4 MiB, names and keys included. */
const mostBytes = 2_000_000;

async function* transactions(file: string): AsyncGenerator<readonly NewRow[], void, undefined> {
  let rows: NewRow[] = [];
  let bytes = 0;
  for await (const line of linesOf(file)) {
    const row = fromLine(line);
    const isFull = rows.length === transactionLimit || bytes + line.length > mostBytes;
    if (rows.length > 0 && (isFull || rows[0]?.partitionKey !== row.partitionKey)) {
      yield rows;
      [rows, bytes] = [[], 0];
    }
    rows.push(row);
    bytes += line.length;
  }
  if (rows.length > 0) {
    yield rows;
  }
}

async function isSame(name: string, table: Table, { tables }: Manifest): Promise<boolean> {
  const { sha256, rows } = await contentOf(storedLines(table));
  const wanted = tables[name];
  return onlyAddedTo.has(name) ? rows >= (wanted?.rows ?? 0) : sha256 === wanted?.sha256;
}

async function* storedLines(table: Table): AsyncGenerator<string, void, undefined> {
  for await (const { rows } of table.pages({})) {
    yield* rows.map(toLine);
  }
}
