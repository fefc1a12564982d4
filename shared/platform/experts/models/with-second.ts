import { monotonicNow } from '../../clock.ts';
import type { ChatModel } from '../ports.ts';
import { isPassing, ModelFault } from './faults.ts';

/** How long a model counts as busy that does not say when to come again, in milliseconds. */
const defaultPause = 10_000;
/** Longest time for which the first one is not asked, whatever it says, in milliseconds. */
const longestPause = 300_000;

/**
 * Two models as one: the second is asked when the first is busy or does not answer, and until the time that the first
 * one named. Waiting and sending again is left to the second.
 * @param first fails at once when it is busy
 * @param now milliseconds that only grow
 */
export function withSecond(first: ChatModel, second: ChatModel, now = monotonicNow): ChatModel {
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    ...recallOf(first, second),
    async complete(request, signal) {
      if (now() < freeAt) {
        return await second.complete(request, signal);
      }
      try {
        return await first.complete(request, signal);
      } catch (error) {
        const fault = error instanceof Error ? error.cause : undefined;
        if (signal.aborted || !(fault instanceof ModelFault) || !isPassing(fault)) {
          throw error;
        }
        freeAt = now() + Math.min(fault.details.retryAfterMs ?? defaultPause, longestPause);
        return await second.complete(request, signal);
      }
    },
  };
}

/** Each one gets back what is its own. */
function recallOf(first: ChatModel, second: ChatModel): Pick<ChatModel, 'recall'> {
  if (first.recall === undefined && second.recall === undefined) {
    return {};
  }
  return {
    recall: {
      of(turn) {
        const [one, other] = [first.recall?.of(turn), second.recall?.of(turn)];
        return one === undefined && other === undefined ? undefined : { first: one, second: other };
      },
      restore(turn, kept) {
        const { first: one, second: other } = (kept ?? {}) as Readonly<Record<string, unknown>>;
        first.recall?.restore(turn, one);
        second.recall?.restore(turn, other);
      },
    },
  };
}
