import { randomInt } from 'node:crypto';

export interface TurnOptions {
  /** Nobody's turn begins once it has aborted. */
  readonly enough?: AbortSignal | undefined;
  /** Whose turn is first, from 0; by chance when left out. */
  readonly first?: number;
}

/**
 * Does the same for each, one after the other, for as long as there is time. Who is first changes from time to time, so that
 * nobody waits for ever behind one who takes all the time there is; a failure of one does not keep the others from their turn.
 * @throws the first failure, after the last turn
 */
export async function inTurn<One>(
  all: Iterable<One>,
  { enough, first }: TurnOptions,
  run: (one: One) => Promise<unknown>,
): Promise<void> {
  const list = [...all];
  const begin = first ?? randomInt(Math.max(list.length, 1));
  const failures: unknown[] = [];
  for (const one of [...list.slice(begin), ...list.slice(0, begin)]) {
    if (enough?.aborted) {
      break;
    }
    try {
      await run(one);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}
