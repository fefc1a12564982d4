import { groupBy } from '#platform/group-by';
import type { Table } from '#platform/storage/table';
import { readMarks, removeMarks } from './changing.ts';
import { customersAfter } from './customer-row.ts';
import { fillIndex } from './fill.ts';
import { indexStateRow, readIndexState } from './index-state.ts';
import { listedCustomer } from './listed.ts';
import { type RecordOf, reindex } from './reindex.ts';

/** Milliseconds after which whoever wrote a mark has ended or died: its calls are long over. */
const settledAfter = 300_000;
/** Customers that are looked at in one go: to see whether all is well, and to fill an index that is not there yet. */
const most = { checked: 1_000, filled: 50_000 } as const;
const atOnce = 100;
const parallelism = 8;

/** Where the sweep works. */
export interface Sweep {
  readonly table: Table;
  readonly recordOf: RecordOf;
  readonly now: () => Date;
}

/**
 * Repairs the index, a bounded part each time: what changes left behind that were interrupted, and then customer by customer in
 * the order of ids, which also fills the index of data from before there was one.
 */
export async function sweepIndex(sweep: Sweep, enough: AbortSignal): Promise<void> {
  await finishChanges(sweep, enough);
  await lookThrough(sweep, enough);
}

async function finishChanges({ table, recordOf, now }: Sweep, enough: AbortSignal): Promise<void> {
  const before = new Date(now().getTime() - settledAfter).toISOString();
  const left = (await readMarks(table)).filter(({ at }) => at < before);
  for (const [customerId, marks] of groupBy(left, ({ value }) => value.customer_id)) {
    if (enough.aborted) {
      return;
    }
    await reindex({ table, recordOf, customerId, others: marks.map(({ value }) => value) });
    await removeMarks(table, marks);
  }
}

async function lookThrough({ table, recordOf }: Sweep, enough: AbortSignal): Promise<void> {
  const { isComplete, hasPlans, after } = await readIndexState(table);
  const isFilled = isComplete && hasPlans;
  let last = after;
  let left: number = isFilled ? most.checked : most.filled;
  let atEnd = false;
  const filter = customersAfter(after === 0 ? undefined : after);
  for await (const { rows, more } of table.pages({ filter, pageSize: atOnce })) {
    const ids = rows.map(({ properties }) => listedCustomer.decode(properties).customer_id);
    if (isFilled) {
      await inParallel(ids, (customerId) =>
        reindex({ table, recordOf, customerId, others: [], onlyIfDifferent: true }),
      );
    } else {
      await fillIndex(table, recordOf, rows);
    }
    last = ids.at(-1) ?? last;
    left -= ids.length;
    atEnd = !more;
    if (enough.aborted || left <= 0) {
      break;
    }
  }
  const state = {
    isComplete: isComplete || atEnd,
    hasPlans: hasPlans || atEnd,
    after: atEnd ? 0 : last,
  };
  await table.transactRepeatable([{ upsert: indexStateRow(state) }]);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
}
