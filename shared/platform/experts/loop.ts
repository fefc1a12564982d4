import { type FinalAnswer, type ParsedAnswer, parseAnswer } from './answer.ts';
import type { ModelTurn } from './ports.ts';
import { defaultLimits, type ExpertResult, type ExpertRun, type Limits, RunState } from './run-state.ts';

const lastTurnNote =
  'No more tools can be called. Give your final answer with what is known, and say plainly what could not be found out.';

/** To a model whose answer says that it is done, with nothing to show for it. */
const evidenceNote =
  'Your answer says "done", but no result of a tool that you called for this question supports it: for a question about a record, one that returned that record and that the answer uses; for a rule, a document that fits and is cited. Look it up and answer with what you find, or answer with "needs_input" or "error" and say what is missing.';

const unusable: FinalAnswer = {
  status: 'error',
  answer: 'The expert did not come to an answer that could be used; ask again in other words.',
  citations: [],
  actions: [],
  follow_up: null,
};

/**
 * Lets a model answer a question with tools: turn by turn, until it answers or a bound is reached. In the last turn
 * no tool may be called, so that an expert that reaches a limit still answers; when even then there is no time, the
 * answer is what was found out so far.
 * @throws Unavailable when the model does not answer; Refused as the model port says
 */
export async function runExpert(run: ExpertRun): Promise<ExpertResult> {
  const limits = run.limits ?? defaultLimits;
  const [hurry, late] = [new AbortController(), new AbortController()];
  // Not AbortSignal.timeout: behind AbortSignal.any, Node 20 may collect it before it fires.
  const timers = [
    setTimeout(() => hurry.abort(), limits.hurryAfter),
    setTimeout(() => late.abort(), limits.milliseconds),
  ];
  const state = new RunState(run, limits, AbortSignal.any([run.signal, late.signal]), hurry.signal);
  try {
    return await Promise.race([converse(state, limits, run.resume), partialWhen(late.signal, state)]);
  } catch (error) {
    if (late.signal.aborted && !run.signal.aborted) {
      return state.partial();
    }
    throw error;
  } finally {
    for (const timer of timers) {
      clearTimeout(timer);
    }
  }
}

/** Not everything that a turn waits for listens to a signal. */
function partialWhen(late: AbortSignal, state: RunState): Promise<ExpertResult> {
  return new Promise((resolve) => {
    late.addEventListener('abort', () => resolve(state.partial()), { once: true });
  });
}

async function converse(
  state: RunState,
  limits: Limits,
  resume: ExpertRun['resume'] = [],
): Promise<ExpertResult> {
  if (resume.length > 0) {
    await state.callTools('', resume);
  }
  let reminded = false;
  for (let number = 1; ; number += 1) {
    const last = number >= limits.turns || state.isSpent();
    if (last) {
      state.messages.push({ role: 'note', text: lastTurnNote });
    }
    const turn = await state.complete({ last });
    if (last || turn.calls.length === 0) {
      const answer = await readOrRepair(state, turn);
      if (last || reminded || state.isSupported(answer)) {
        return state.result(answer);
      }
      reminded = true;
      state.remind(answer, evidenceNote);
      continue;
    }
    await state.callTools(turn.text, turn.calls);
  }
}

/** A malformed answer gets one more turn to be written again. */
async function readOrRepair(state: RunState, turn: ModelTurn): Promise<FinalAnswer> {
  const parsed = readTurn(turn);
  if ('answer' in parsed) {
    return parsed.answer;
  }
  // Servers refuse messages without a text.
  if (turn.text !== '') {
    state.messages.push({ role: 'assistant', text: turn.text, calls: [] });
  }
  state.messages.push({
    role: 'note',
    text: `Your last message was not the JSON object that was asked for: ${parsed.problem}. Write it again, that object and nothing else.`,
  });
  const repaired = readTurn(await state.complete({ last: true }));
  return 'answer' in repaired ? repaired.answer : unusable;
}

/** Not every server can be told that no tool may be called: a call is no answer then, and is not made. */
function readTurn({ text, calls }: ModelTurn): ParsedAnswer {
  const parsed = parseAnswer(text);
  return 'problem' in parsed && calls.length > 0
    ? { problem: 'it calls a tool, and no tool can be called any more' }
    : parsed;
}
