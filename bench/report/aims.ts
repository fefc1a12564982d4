import type { Spread } from '../statistics.ts';
import type { Aim } from './results.ts';

/**
 * An aim that a value reaches from below. What has a spread reaches it with the low end of that.
 * @param measured a spread when it was measured, a number when it was counted
 */
export function atLeast(name: string, measured: Spread | number, bound: number, unit: string): Aim {
  const { median, low } = spreadOfEither(measured);
  return {
    name,
    wanted: `at least ${bound}${unit}`,
    measured: median,
    spread: ends(measured),
    met: low >= bound,
  };
}

/** An aim that a value reaches from above: with the high end of its spread. */
export function atMost(name: string, measured: Spread | number, bound: number, unit: string): Aim {
  const { median, high } = spreadOfEither(measured);
  return {
    name,
    wanted: `at most ${bound}${unit}`,
    measured: median,
    spread: ends(measured),
    met: high <= bound,
  };
}

function spreadOfEither(measured: Spread | number): Spread {
  return typeof measured === 'number' ? { median: measured, low: measured, high: measured } : measured;
}

function ends(measured: Spread | number): Aim['spread'] {
  return typeof measured === 'number' ? null : [measured.low, measured.high];
}
