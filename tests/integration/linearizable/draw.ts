/** A number from 0 to 1, the next of a row that a seed decides. */
export type Draw = () => number;

/** Mulberry32: small, and good enough to choose what is tried. */
export function drawsOf(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of several. */
export function pick<T>(draw: Draw, from: readonly T[]): T {
  const one = from[Math.floor(draw() * from.length)];
  if (one === undefined) {
    throw new RangeError('There is nothing to pick from.');
  }
  return one;
}
