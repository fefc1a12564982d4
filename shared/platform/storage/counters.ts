import { integer, recordCodec } from './codec.ts';
import { retryStale } from './retry.ts';
import { uncounted } from './round-trips.ts';
import type { Table } from './table.ts';

/** Gives new ids of one kind. */
export interface IdAllocator {
  /** No round trip as long as a reserved block lasts; two when the caller has to wait for one. */
  next(): Promise<number>;
  /** Reserves the first block, so that no caller waits for it. */
  reserve(): Promise<void>;
}

interface Block {
  next: number;
  /** First id after the block. */
  readonly end: number;
}

const partition = 'counter';
const counter = recordCodec<{ next: number }>({ next: integer });
const attempts = 20;

/**
 * Hands out ids from blocks that are reserved in the Counters table (hi-lo), so that any number of instances give
 * unique ids and almost none of them costs a round trip. Ids of a block that was not used up are never given.
 * @param kind what the ids are of; each kind has a counter of its own
 * @param blockSize ids per reservation, at least 2
 */
export function idAllocator(table: Table, kind: string, blockSize = 50): IdAllocator {
  let current: Block = { next: 1, end: 1 };
  let spare: Block | undefined;
  let refill: Promise<void> | undefined;

  function startRefill(): Promise<void> {
    refill ??= advance(table, kind, (first) => first + blockSize)
      .then((end) => {
        spare = { next: end - blockSize, end };
      })
      .finally(() => {
        refill = undefined;
      });
    return refill;
  }

  function refillAhead(): void {
    if (spare === undefined && refill === undefined && current.end - current.next <= blockSize / 2) {
      // A failure shows up again, as an error, for the first caller who needs the block.
      uncounted(startRefill).catch(() => {});
    }
  }

  return {
    async next() {
      while (current.next >= current.end) {
        if (spare === undefined) {
          await startRefill();
        } else {
          current = spare;
          spare = undefined;
        }
      }
      const id = current.next;
      current.next += 1;
      refillAhead();
      return id;
    },
    async reserve() {
      if (spare === undefined && current.next >= current.end) {
        await startRefill();
      }
    },
  };
}

/** Makes sure that ids of this kind start above `highest`; a counter never goes back. */
export async function raiseCounter(table: Table, kind: string, highest: number): Promise<void> {
  await advance(table, kind, (next) => Math.max(next, highest + 1));
}

/** Moves a counter by optimistic concurrency and returns its new value: the first id that is not taken. */
async function advance(table: Table, kind: string, move: (next: number) => number): Promise<number> {
  return await retryStale(attempts, async () => {
    const stored = await table.get(partition, kind);
    const before = stored === undefined ? undefined : counter.decode(stored.properties).next;
    const next = move(before ?? 1);
    if (next === before) {
      return next;
    }
    const row = { partitionKey: partition, rowKey: kind, properties: counter.encode({ next }) };
    await table.transact([stored === undefined ? { insert: row } : { replace: row, etag: stored.etag }]);
    return next;
  });
}
