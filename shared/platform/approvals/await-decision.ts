import * as z from 'zod';
import type { Orchestration } from '../jobs/ports.ts';

/** The names under which the engine knows what waits for a decision, and what looks at its record. */
export const awaitDecisionName = 'awaitDecision';
export const settleName = 'settleApproval';
/** Says that somebody is deciding: from then on the record is looked at more often. */
export const decidingEvent = 'deciding';

/** Ids and times, and nothing of what was asked for: the engine keeps this. */
export const awaitInput = z.object({
  tenant: z.string(),
  /** ISO 8601 in UTC. */
  expiresAt: z.string(),
});
export type AwaitInput = z.infer<typeof awaitInput>;

/** What a look at the record found: `busy` when it is approved and not carried out yet. */
export const looks = ['waiting', 'busy', 'over'] as const;
export type Look = (typeof looks)[number];

const second = 1_000;
const hour = 3_600 * second;
/** How early a timer may fire (Durable extension 3.19.0: up to 4 s). */
const earlyMs = 5 * second;
/** Behind the end of the time, so that even a timer that fires early finds it over. */
const lateMs = 10 * second;
/** The longest single wait: the engine cuts one of more than three days into timers that cannot be called off. */
const longestWaitMs = 24 * hour;
/** The shortest wait after a timer that fired early. */
const shortestWaitMs = 60 * second;
/** Between two looks, after somebody began to decide: whoever decides carries it out, unless its process ended. */
const looksMs = [20 * second, 60 * second, 300 * second, hour] as const;
/** So many looks at a record that still waits: whoever began to decide does not go on any more. */
const mostIdleLooks = 2;

/**
 * Waits for days, for whoever decides or for the end of the time, and then has the record looked at until it is over.
 * The record decides: an event or a timer says only when to look. Deterministic.
 */
export function* awaitDecision<Wait>(work: Orchestration<Wait>): Generator<Wait, Look, unknown> {
  const { tenant, expiresAt } = awaitInput.parse(work.input);
  const over = new Date(expiresAt).getTime() + lateMs - earlyMs;
  let due = over + earlyMs;
  const look = {
    tenant,
    step: settleName,
    request: null,
    day: expiresAt.slice(0, 10),
    operationId: work.instanceId,
  };
  for (;;) {
    const now = work.now().getTime();
    if (now < over) {
      const until = Math.min(due, now + longestWaitMs);
      const deciding = work.race(decidingEvent, new Date(until));
      yield deciding.wait;
      const woken = work.now().getTime();
      if (!deciding.came() && woken < over) {
        // after one that was much too early, one that is far enough off: never a loop of short ones
        due = woken < until ? Math.max(due, woken + shortestWaitMs) : due;
        continue;
      }
    }
    for (let looked = 0, idle = 0; ; looked += 1) {
      const found = yield* outcome(work.step(look));
      idle = found === 'waiting' ? idle + 1 : 0;
      if (found === 'over') {
        return found;
      }
      if (idle > mostIdleLooks && work.now().getTime() < over) {
        break;
      }
      const wait = looksMs[Math.min(looked, looksMs.length - 1)] ?? hour;
      yield work.until(new Date(work.now().getTime() + wait));
    }
  }
}

/** A look of which every attempt failed is made again later. */
function* outcome<Wait>(step: Wait): Generator<Wait, Look, unknown> {
  try {
    return z.enum(looks).parse(yield step);
  } catch {
    return 'busy';
  }
}
