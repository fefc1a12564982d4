import { Conflict, Unavailable } from '../../errors.ts';
import { integer, recordCodec } from '../../storage/codec.ts';
import { absentTableAs } from '../../storage/marker.ts';
import { odata } from '../../storage/odata.ts';
import { removeMatching } from '../../storage/remove-rows.ts';
import { retryStale } from '../../storage/retry.ts';
import type { Table } from '../../storage/table.ts';
import type { DayUse } from './budgets.ts';

/** What an addition depends on. */
export interface Addition {
  /** Throws when what is stored forbids it; called with the counts before the addition, in the order of the keys. */
  readonly check?: (before: readonly DayUse[]) => void;
  /** Names what is counted, where it may come again: under one name nothing is added twice in a day. Letters, digits, `-`, `_`. */
  readonly once?: string | undefined;
}

/** Counts of a day, in Table Storage: one for all instances. */
export interface DailyUse {
  /**
   * Adds to counts of a day, to all of them or to none; two round trips.
   * @param day `YYYY-MM-DD`
   * @param keys row keys of the counts
   * @returns the counts after it, in the order of the keys
   * @throws Unavailable when storage does not answer
   */
  add(day: string, keys: readonly string[], more: DayUse, how?: Addition): Promise<readonly DayUse[]>;
  /** Removes the counts of the days before this one. */
  removeBefore(day: string, enough?: AbortSignal): Promise<void>;
}

const codec = recordCodec<DayUse>({ questions: integer, tokens: integer });
const nothing: DayUse = { questions: 0, tokens: 0 };

/** Every question of a tenant counts in one row: as many may meet there as are asked at the same moment. */
const attempts = 40;

/** @param ensured the table, made when it is needed; @param plain the same one, as it is */
export function dailyUse(ensured: () => Promise<Table>, plain: Table): DailyUse {
  return {
    async add(day, keys, more, how = {}) {
      const table = await ensured();
      return await retryStale(attempts, () => addOnce(table, day, keys, more, how)).catch(busy);
    },
    async removeBefore(day, enough) {
      await absentTableAs(0, () => removeMatching(plain, odata`PartitionKey lt ${day}`, enough));
    },
  };
}

async function addOnce(
  table: Table,
  day: string,
  keys: readonly string[],
  more: DayUse,
  { check, once }: Addition,
): Promise<readonly DayUse[]> {
  const mark = once === undefined ? [] : [`was-counted:${once}`];
  const rowIs = [...keys, ...mark].map((key) => odata`RowKey eq ${key}`).join(' or ');
  const stored = await table.list(`${odata`PartitionKey eq ${day}`} and (${rowIs})`);
  const counts = keys.map((rowKey) => {
    const row = stored.find((one) => one.rowKey === rowKey);
    return { rowKey, etag: row?.etag, before: row === undefined ? nothing : codec.decode(row.properties) };
  });
  if (stored.some(({ rowKey }) => mark.includes(rowKey))) {
    return counts.map(({ before }) => before);
  }
  check?.(counts.map(({ before }) => before));
  const after = counts.map(({ before }) => ({
    questions: before.questions + more.questions,
    tokens: before.tokens + more.tokens,
  }));
  // The mark comes with the counts or not at all: whoever counts again finds both.
  await table.transact([
    ...counts.map(({ rowKey, etag }, place) => {
      const row = { partitionKey: day, rowKey, properties: codec.encode(after[place] ?? nothing) };
      return etag === undefined ? { insert: row } : { replace: row, etag };
    }),
    ...mark.map((rowKey) => ({ insert: { partitionKey: day, rowKey, properties: {} } })),
  ]);
  return after;
}

function busy(error: unknown): never {
  if (error instanceof Conflict) {
    throw new Unavailable('Too many questions are asked at the same moment; ask again in a minute.', {
      cause: error,
    });
  }
  throw error;
}
