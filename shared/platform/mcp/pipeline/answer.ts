import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { visible } from '../../format-controls.ts';
import type { SignInChallenge } from '../../identity/challenges.ts';

/** What an operation answers: its result, a failure, or a question to the user that the client carries there and back. */
export type Answer<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | Failed
  | { readonly kind: 'asks'; readonly question: InputRequiredResult };

export interface Failed {
  readonly kind: 'failed';
  readonly code: string;
  /** For the caller: what to do next. */
  readonly sentence: string;
  /** What another sign-in can give. */
  readonly challenge?: SignInChallenge;
  /** The approval that the call waits for. */
  readonly waits?: string;
}

export function failed(code: string, sentence: string, challenge?: SignInChallenge): Failed {
  return { kind: 'failed', code, sentence: visible(sentence), ...(challenge && { challenge }) };
}

/** How a call ended, in one word; one that ended with an error of the protocol has no answer. */
export function outcomeOf(answer: Answer<unknown> | undefined): string {
  switch (answer?.kind) {
    case 'done':
      return 'ok';
    case 'asks':
      return 'confirmation_required';
    case 'failed':
      return answer.code;
    default:
      return 'unknown';
  }
}
