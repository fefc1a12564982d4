import { setTimeout as wait } from 'node:timers/promises';
import type { SessionMailbox } from '../../storage/session-mailbox.ts';
import { beginOfNames } from './server-request-id.ts';

/**
 * Milliseconds before each look for the request: one that has just begun can be reached only after its own first look
 * (see the mailbox). When none was found nothing is kept, so that a request that comes later is not cancelled.
 */
const pauses = [0, 300, 700] as const;

/**
 * Cancels the requests of a session that run under this id, on whichever instance. Over when they have been told, or
 * when it is clear that there are none.
 * @throws Unavailable when storage does not answer
 */
export async function cancelRunning(
  mailbox: SessionMailbox,
  session: string,
  requestId: unknown,
  now: () => Date,
): Promise<void> {
  for (const pause of pauses) {
    if (pause > 0) {
      await wait(pause);
    }
    if (await mailbox.cancel(session, beginOfNames(requestId), now())) {
      return;
    }
  }
}
