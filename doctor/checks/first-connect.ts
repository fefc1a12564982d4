import type { FirstConnect } from '../evidence.ts';
import { type Finding, fail, pass } from '../finding.ts';
import { type Check, given } from './check.ts';

/** Milliseconds that the most impatient of the known clients waits for a server when it connects. */
export const clientsWait = 10_000;

/** An app without instances has to start one first, which takes the Functions host ten seconds at best (4.1037). */
export const firstConnect: Check = {
  id: 'operations.first-connect',
  group: 'Operations',
  title: 'A first connect after an idle hour is within what clients wait for',
  judge: ({ live }) => given(live.firstConnect, judge),
};

function judge({ milliseconds, idleMinutes }: FirstConnect): Finding {
  const took = `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds > clientsWait) {
    return fail(
      `The first connect took ${took}; clients give up after ${clientsWait / 1000} s.`,
      'Keep an instance ready: ALWAYS_READY of azd, or "az functionapp scale config always-ready set".',
    );
  }
  return pass(
    idleMinutes === 0
      ? `The first connect took ${took}; --idle 60 waits an hour before it, in which nobody else may call.`
      : `The first connect after ${idleMinutes} idle minutes took ${took}.`,
  );
}
