import { describe, expect, it } from 'vitest';
import { partitions } from '#platform/storage/partitions';
import type { Page, Query, StoredRow } from '#platform/storage/table';

const pageSize = 3;

/** A table that answers three rows at a time, and changes between two answers. */
class ChangingTable {
  rows: StoredRow[];
  readonly asked: string[] = [];
  readonly #afterAnswer: (table: ChangingTable, answers: number) => void;
  #answers = 0;

  constructor(rows: StoredRow[], afterAnswer: (table: ChangingTable, answers: number) => void) {
    this.rows = rows;
    this.#afterAnswer = afterAnswer;
  }

  async *pages({ filter = '' }: Query): AsyncGenerator<Page, void, undefined> {
    this.asked.push(filter);
    const [, operator, key = ''] = /^PartitionKey (ge|eq) '(.*)'$/.exec(filter) ?? [];
    let after = '';
    let more = true;
    while (more) {
      const matching = this.rows
        .filter(({ partitionKey }) => (operator === 'eq' ? partitionKey === key : partitionKey >= key))
        .filter(({ partitionKey, rowKey }) => `${partitionKey}/${rowKey}` > after);
      more = matching.length > pageSize;
      const rows = matching.slice(0, pageSize);
      after = rows.map(({ partitionKey, rowKey }) => `${partitionKey}/${rowKey}`).at(-1) ?? after;
      yield { rows, more };
      this.#answers += 1;
      this.#afterAnswer(this, this.#answers);
    }
  }
}

const row = (partitionKey: string, rowKey: string, etag = '1'): StoredRow => ({
  partitionKey,
  rowKey,
  etag,
  properties: {},
});

async function read(table: ChangingTable, from?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const rows of partitions(table, from)) {
    found.push(rows.map(({ partitionKey, rowKey, etag }) => `${partitionKey}${rowKey}@${etag}`).join(' '));
  }
  return found;
}

const unchanged = () => {};
const rows = ['a1', 'b1', 'b2', 'b3', 'b4', 'c1', 'd1', 'd2'].map(([key = '', name = '']) => row(key, name));

describe('the partitions of a table', () => {
  it('come whole and once, in the order of their keys, however answers cut them', async () => {
    expect(await read(new ChangingTable(rows, unchanged))).toEqual([
      'a1@1',
      'b1@1 b2@1 b3@1 b4@1',
      'c1@1',
      'd1@1 d2@1',
    ]);
  });

  it('come from a key on', async () => {
    const table = new ChangingTable(rows, unchanged);
    expect(await read(table, 'c')).toEqual(['c1@1', 'd1@1 d2@1']);
    expect(table.asked[0]).toBe("PartitionKey ge 'c'");
  });

  it('one that changes while it is read is as at one moment', async () => {
    // the first and the last row of the partition change together, right after the answer that had the first one
    const change = (table: ChangingTable, answers: number) => {
      if (answers <= 3) {
        const etag = String(answers + 1);
        table.rows = table.rows.map((one) =>
          one.partitionKey === 'b' && ['1', '4'].includes(one.rowKey) ? { ...one, etag } : one,
        );
      }
    };
    const [, found] = await read(new ChangingTable(rows, change));
    expect(found).toMatch(/^b1@(\d) b2@1 b3@1 b4@\1$/);
  });

  it('one that never stands still is said to be so, and is not read for ever', async () => {
    const change = (table: ChangingTable, answers: number) => {
      table.rows = table.rows.map((one) => ({ ...one, etag: String(answers) }));
    };
    await expect(read(new ChangingTable(rows, change))).rejects.toThrow(/changes faster than it can be read/);
  });
});
