import { removeRows } from '#platform/storage/remove-rows';
import type { RowKeys, Table } from '#platform/storage/table';
import { fromLine } from './line.ts';
import { linesOf } from './table-file.ts';

/**
 * Removes the rows of a table that a file does not have. Both are read side by side, as both are in the order of their keys.
 */
export async function removeOthers(table: Table, file: string): Promise<void> {
  const kept = linesOf(file);
  let next = await keysOf(kept);
  for await (const { rows } of table.pages({ select: ['partitionKey', 'rowKey'] })) {
    const others: RowKeys[] = [];
    for (const row of rows) {
      while (next !== undefined && compared(next, row) < 0) {
        next = await keysOf(kept);
      }
      if (next === undefined || compared(next, row) !== 0) {
        others.push(row);
      }
    }
    await removeRows(others, table);
  }
}

async function keysOf(lines: AsyncGenerator<string, void, undefined>): Promise<RowKeys | undefined> {
  const { value } = await lines.next();
  return value === undefined ? undefined : fromLine(value);
}

/** As Table Storage orders keys: by code unit. */
function compared(a: RowKeys, b: RowKeys): number {
  return order(a.partitionKey, b.partitionKey) || order(a.rowKey, b.rowKey);
}

function order(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
