import type { Draft } from './draft.ts';
import { type Ask, attempt, type Steps } from './steps.ts';

/**
 * Asks for a change that the person has asked for. The usual outcome is that it waits for the person's confirmation.
 * @param what the change, to complete "Nothing was changed; … waits for your confirmation."
 */
export function* askForChange(call: Ask<unknown>, what: string): Steps<Draft> {
  const outcome = yield* attempt(call);
  switch (outcome.outcome) {
    case 'confirmation_required':
      return {
        status: 'needs_input',
        headline: `Nothing was changed yet; ${what} waits for your confirmation.`,
        findings: [outcome.message],
        followUp: `Do you confirm ${what}?`,
      };
    case 'error':
      return { status: 'error', headline: `Nothing was changed: ${outcome.message}`, findings: [] };
    case 'ok':
      return { status: 'done', headline: `Done: ${what}.`, findings: [] };
  }
}
