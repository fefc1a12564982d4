import type { Draft } from './draft.ts';
import { type Ask, NeedsInput, NotAllowed, type Steps, ToolProblem } from './steps.ts';
import type { Transcript } from './transcript.ts';

/** Either the calls to make next, or the outcome. `round` counts how often the playbook has asked for calls. */
export type Replayed =
  | { readonly calls: readonly Ask<unknown>[]; readonly round: number }
  | { readonly draft: Draft };

/** Names of the tools that may be called; `none` when the last turn has come. */
export type AllowedTools = ReadonlySet<string> | 'none';

/**
 * Runs a playbook from its start over the outcomes that are known, up to the first calls that were not made yet.
 * What a playbook does not handle itself becomes an answer here.
 */
export function replay(
  steps: Steps<Draft>,
  outcomeOf: Transcript['outcomeOf'],
  allowed: AllowedTools,
): Replayed {
  try {
    return advance(steps, outcomeOf, allowed);
  } catch (error) {
    const draft = draftOfProblem(error);
    if (draft === undefined) {
      throw error;
    }
    return { draft };
  }
}

function advance(steps: Steps<Draft>, outcomeOf: Transcript['outcomeOf'], allowed: AllowedTools): Replayed {
  let round = 1;
  let step = steps.next([]);
  while (step.done !== true) {
    const asks = step.value;
    const missing = asks.filter((call) => outcomeOf(call) === undefined);
    if (missing.length > 0) {
      if (allowed === 'none') {
        throw new OutOfTurns();
      }
      const forbidden = missing.find(({ name }) => !allowed.has(name));
      if (forbidden === undefined) {
        return { calls: missing, round };
      }
      step = steps.throw(new NotAllowed(forbidden.name));
    } else {
      step = steps.next(asks.flatMap((call) => outcomeOf(call) ?? []));
    }
    round += 1;
  }
  return { draft: step.value };
}

/** The last turn has come, and something is still not known. */
class OutOfTurns extends Error {
  override readonly name = 'OutOfTurns';
}

/** The answer when a plan could not go on; undefined for what is no matter of the person who asked. */
export function draftOfProblem(error: unknown): Draft | undefined {
  if (error instanceof NeedsInput) {
    return { status: 'needs_input', headline: error.message, findings: [], followUp: error.followUp };
  }
  if (error instanceof NotAllowed) {
    return failed(
      `Your role does not allow ${error.tool}, which this needs; ask a colleague whose role does.`,
    );
  }
  if (error instanceof ToolProblem) {
    return failed(`It could not be found out: ${error.message}`);
  }
  if (error instanceof OutOfTurns) {
    return failed('The question took more steps than are allowed; ask for less at once.');
  }
  return undefined;
}

function failed(headline: string): Draft {
  return { status: 'error', headline, findings: [] };
}
