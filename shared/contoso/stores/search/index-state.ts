import { flag, integer, recordCodec } from '#platform/storage/codec';
import type { NewRow, Table } from '#platform/storage/table';

/** How far the index is looked after. */
export interface IndexState {
  /** Every customer has been in the index since then. */
  readonly isComplete: boolean;
  /** The last customer that was looked at; 0 to begin anew. */
  readonly after: number;
}

const keys = { partitionKey: 'index', rowKey: 'state' } as const;
const codec = recordCodec<IndexState>({ isComplete: flag, after: integer });

/** One round trip. Data from before there was an index has no state. */
export async function readIndexState(table: Table): Promise<IndexState> {
  const row = await table.get(keys.partitionKey, keys.rowKey);
  return row === undefined ? { isComplete: false, after: 0 } : codec.decode(row.properties);
}

export function indexStateRow(state: IndexState): NewRow {
  return { ...keys, properties: codec.encode(state) };
}
