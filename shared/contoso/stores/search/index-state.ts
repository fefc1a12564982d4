import { flag, integer, nullable, recordCodec } from '#platform/storage/codec';
import type { NewRow, Table } from '#platform/storage/table';

/** How far the index is looked after. */
export interface IndexState {
  /** Every customer has been in the index since then. */
  readonly isComplete: boolean;
  /** The same for plans, by which customers were not found in earlier versions. */
  readonly hasPlans: boolean;
  /** The last customer that was looked at; 0 to begin anew. */
  readonly after: number;
}

const keys = { partitionKey: 'index', rowKey: 'state' } as const;
/** Every customer is in the index, as a seed leaves it. */
export const complete: IndexState = { isComplete: true, hasPlans: true, after: 0 };

const codec = recordCodec<Omit<IndexState, 'hasPlans'> & { readonly hasPlans: boolean | null }>({
  isComplete: flag,
  hasPlans: nullable(flag),
  after: integer,
});

/** One round trip. Data from before there was an index has no state, and a state without a word of plans begins anew. */
export async function readIndexState(table: Table): Promise<IndexState> {
  const row = await table.get(keys.partitionKey, keys.rowKey);
  if (row === undefined) {
    return { isComplete: false, hasPlans: false, after: 0 };
  }
  const { isComplete, hasPlans, after } = codec.decode(row.properties);
  return hasPlans === null ? { isComplete, hasPlans: false, after: 0 } : { isComplete, hasPlans, after };
}

export function indexStateRow(state: IndexState): NewRow {
  return { ...keys, properties: codec.encode(state) };
}
