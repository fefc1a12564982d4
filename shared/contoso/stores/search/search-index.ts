import { absentTableAs } from '#platform/storage/marker';
import { StaleWrite } from '#platform/storage/stale-write';
import type { Table } from '#platform/storage/table';
import { markChanging, removeMarks } from './changing.ts';
import type { Listed } from './listed.ts';
import { type RecordOf, reindex } from './reindex.ts';
import { sweepIndex } from './sweep.ts';

/** Keeps the index of customers what the records are. */
export interface SearchIndex {
  /**
   * Changes a record, or makes one, and the index after it. What goes wrong after the change is left to the sweep; until then
   * a mark makes searches look at the record.
   */
  changing(value: Listed, commit: () => Promise<void>): Promise<void>;
  /** Repairs a bounded part of the index; for a timer. */
  sweep(enough: AbortSignal): Promise<void>;
}

export function searchIndex(table: Table, recordOf: RecordOf, now: () => Date): SearchIndex {
  return {
    async changing(value, commit) {
      const mark = await markChanging(table, value, now());
      try {
        await commit();
      } catch (error) {
        if (error instanceof StaleWrite) {
          await removeMarks(table, [mark]).catch(() => {}); // the sweep removes it
        }
        throw error;
      }
      try {
        await reindex({ table, recordOf, customerId: value.customer_id, others: [value] });
        await removeMarks(table, [mark]);
      } catch {
        // The change is made, which is what the caller asked for: the mark leads the sweep here.
      }
    },
    sweep: (enough) => absentTableAs(undefined, () => sweepIndex({ table, recordOf, now }, enough)),
  };
}
