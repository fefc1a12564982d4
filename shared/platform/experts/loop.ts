import { Unavailable } from '../errors.ts';
import { type FinalAnswer, parseAnswer } from './answer.ts';
import { defaultLimits, type ExpertResult, type ExpertRun, type Limits, RunState } from './run-state.ts';

const lastTurnNote =
  'No more tools can be called. Give your final answer with what is known, and say plainly what could not be found out.';

const unusable: FinalAnswer = {
  status: 'error',
  answer: 'The expert did not come to an answer that could be used; ask again in other words.',
  citations: [],
  actions: [],
  follow_up: null,
};

/**
 * Lets a model answer a question with tools: turn by turn, until it answers or a bound is reached. The last turn has
 * no tools, so that a bound ends in an honest answer rather than in silence.
 * @throws Unavailable when the time is up or the model does not answer; Refused as the model port says
 */
export async function runExpert(run: ExpertRun): Promise<ExpertResult> {
  const limits = run.limits ?? defaultLimits;
  const late = AbortSignal.timeout(limits.milliseconds);
  const state = new RunState(run, limits, AbortSignal.any([run.signal, late]));
  try {
    return await converse(state, limits);
  } catch (error) {
    if (late.aborted && !run.signal.aborted) {
      throw new Unavailable('The expert did not finish in time; ask a narrower question.', { cause: error });
    }
    throw error;
  }
}

async function converse(state: RunState, limits: Limits): Promise<ExpertResult> {
  for (let turn = 1; ; turn += 1) {
    const last = turn >= limits.turns || state.isSpent();
    if (last) state.messages.push({ role: 'system', text: lastTurnNote });
    const { text, calls } = await state.complete({ last });
    if (last || calls.length === 0) return state.result(await readOrRepair(state, text));
    await state.callTools(text, calls);
  }
}

/** A malformed answer gets one more turn to be written again. */
async function readOrRepair(state: RunState, text: string): Promise<FinalAnswer> {
  const parsed = parseAnswer(text);
  if ('answer' in parsed) return parsed.answer;
  state.messages.push(
    { role: 'assistant', text, calls: [] },
    {
      role: 'system',
      text: `Your last message was not the JSON object that was asked for: ${parsed.problem}. Write it again, that object and nothing else.`,
    },
  );
  const repaired = parseAnswer((await state.complete({ last: true })).text);
  return 'answer' in repaired ? repaired.answer : unusable;
}
