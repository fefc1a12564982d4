import { type RowKeys, type Table, transactionLimit } from '#platform/storage/table';
import { fromLine } from './line.ts';
import { linesOf } from './table-file.ts';

/**
 * Removes the rows of a table that a file does not have. Both are read side by side, as both are in the order of their keys.
 */
export async function removeOthers(table: Table, file: string): Promise<void> {
  const kept = linesOf(file);
  let next = await keysOf(kept);
  let waiting: RowKeys[] = [];
  const send = async () => {
    const steps = waiting.map((remove) => ({ remove }));
    waiting = [];
    if (steps.length > 0) {
      await table.transactRepeatable(steps);
    }
  };
  for await (const { rows } of table.pages({ select: ['partitionKey', 'rowKey'] })) {
    for (const { partitionKey, rowKey } of rows) {
      const row = { partitionKey, rowKey };
      while (next !== undefined && compared(next, row) < 0) {
        next = await keysOf(kept);
      }
      if (next !== undefined && compared(next, row) === 0) {
        continue;
      }
      if (waiting.length === transactionLimit || (waiting[0] && waiting[0].partitionKey !== partitionKey)) {
        await send();
      }
      waiting.push(row);
    }
  }
  await send();
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
