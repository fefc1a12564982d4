import { absentTableAs } from '#platform/storage/marker';
import { StaleWrite } from '#platform/storage/stale-write';
import type { Table } from '#platform/storage/table';
import { markChanging, removeMarks } from './changing.ts';
import type { Listed, PlansOf } from './listed.ts';
import { type RecordOf, reindex } from './reindex.ts';
import { sweepIndex } from './sweep.ts';

/** Keeps the index of customers what the records are. */
export interface SearchIndex {
  /**
   * Changes a record, or makes one, and the index after it. What goes wrong after the change is left to the sweep; until then
   * a mark makes searches look at the record.
   * @param value the customer as they are to be, or the plans when nothing else changes
   */
  changing(value: Listed | PlansOf, commit: () => Promise<void>): Promise<void>;
  /** Repairs a bounded part of the index; for a timer. */
  sweep(enough: AbortSignal): Promise<void>;
}

export function searchIndex(table: Table, recordOf: RecordOf, now: () => Date): SearchIndex {
  /** What changes all rows of a customer may write those of plans that somebody else changes: the mark has to name them. */
  async function withPlans(value: Listed | PlansOf): Promise<Listed | PlansOf> {
    return 'email' in value && value.plans === null
      ? { ...value, plans: (await recordOf(value.customer_id))?.plans ?? null }
      : value;
  }

  return {
    async changing(value, commit) {
      const mark = await markChanging(table, await withPlans(value), now());
      try {
        await commit();
      } catch (error) {
        if (error instanceof StaleWrite) {
          await removeMarks(table, [mark]).catch(() => {}); // the sweep removes it
        }
        throw error;
      }
      try {
        await reindex({
          table,
          recordOf,
          customerId: value.customer_id,
          others: [value],
          plansAlone: !('email' in value),
        });
        await removeMarks(table, [mark]);
      } catch {
        // The change is made, which is what the caller asked for: the mark leads the sweep here.
      }
    },
    sweep: (enough) => absentTableAs(undefined, () => sweepIndex({ table, recordOf, now }, enough)),
  };
}
