import { type Difference, differencesOf, summaryOf } from './difference.ts';
import { type Address, observe } from './observe.ts';
import type { RequestRow } from './row.ts';

/** A row that was asked of both hosts. */
export interface Compared {
  readonly row: RequestRow;
  /** What each of them did, in short. */
  readonly real: string;
  readonly local: string;
  readonly differences: readonly Difference[];
}

/** Asks both hosts the same at the same time, so that a busy machine is busy for both. */
export async function compareRow(row: RequestRow, real: Address, local: Address): Promise<Compared> {
  const [there, here] = await Promise.all([observe(row, real), observe(row, local)]);
  return {
    row,
    real: summaryOf(there),
    local: summaryOf(here),
    differences: differencesOf(
      row,
      { origin: real.origin, seen: there },
      { origin: local.origin, seen: here },
    ),
  };
}

/** Whether nobody has said why they differ. */
export const isUnexplained = ({ differences }: Compared) => differences.some(({ why }) => why === undefined);
