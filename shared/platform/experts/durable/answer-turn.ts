import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Offer } from '../../access/offer.ts';
import { isFault, Unavailable } from '../../errors.ts';
import type { Principal } from '../../identity/principal.ts';
import type { AnyTool, ToolCall } from '../../mcp/definitions/tool.ts';
import { keptFailure, toStored } from '../../mcp/kept-result.ts';
import type { Run } from '../../mcp/pipeline/compose.ts';
import { openInvocation } from '../../mcp/pipeline/invocation.ts';
import type { Operation } from '../../mcp/pipeline/operation.ts';
import { resultOfTool } from '../../mcp/tool-answer.ts';
import { hashed } from '../../storage/keys.ts';
import { uncounted } from '../../storage/round-trips.ts';
import { Journal, TurnMade, withJournal } from './journal.ts';
import type { QuestionRequest, TurnOutcome } from './question-job.ts';
import type { AskedQuestion, RunStore } from './run-store.ts';

export interface TurnMeans {
  /** The tools through which experts are asked, as the endpoint offers them. */
  readonly offers: readonly Offer<AnyTool>[];
  /** The call pipeline: whoever may not ask any more gets no further turn, and each is on record with its tokens. */
  readonly run: Run;
  /** What tools may use for this caller. */
  readonly resources: (principal: Principal) => Pick<ToolCall, 'store' | 'knowledge'>;
  readonly policy: unknown;
  readonly now: () => Date;
  readonly isCancelled: (job: string, principal: Principal) => Promise<boolean>;
}

/** Under which a run keeps its answer. */
export const answerKey = 'answer';

/** Below the limit of a function; see `host.json`. */
const turnTimeoutMs = 280_000;
/** How often a turn looks whether its question was cancelled, in milliseconds. */
const lookMs = 1_000;

/**
 * Makes one turn of a question that is on record: what was done before is read from its journal.
 * @throws Unavailable when the turn failed for a reason that may pass
 */
export async function answerTurn(
  means: TurnMeans,
  store: RunStore,
  { run }: QuestionRequest,
  job: string,
): Promise<TurnOutcome> {
  const stored = await store.read(run);
  if (stored === undefined) {
    return { turns: 0, tools: 0, ended: 'failed' };
  }
  const { asked, entries } = stored;
  const journal = new Journal({
    run,
    askedAt: asked.at,
    known: entries,
    write: (key, value) => store.write(run, key, value),
  });
  const known = entries.get(answerKey);
  if (known !== undefined) {
    return ended(journal, known);
  }
  const watch = watchCancelled(() => means.isCancelled(job, asked.principal));
  try {
    const answer = await withJournal(journal, () => means.run(invocationOf(means, asked, job, watch.signal)));
    await journal.idle();
    if (answer.kind === 'done' && answer.result === undefined) {
      return { ...journal.done };
    }
    if (watch.signal.aborted) {
      return { ...journal.done, ended: 'failed' };
    }
    if (answer.kind === 'failed' && isFault(answer.code)) {
      throw new Unavailable(answer.sentence);
    }
    const result = resultOf(answer);
    await store.write(run, answerKey, result);
    return ended(journal, result);
  } finally {
    watch.stop();
  }
}

function ended({ done }: Journal, answer: unknown): TurnOutcome {
  return { ...done, ended: 'answered', digest: hashed(JSON.stringify(answer)) };
}

function resultOf(answer: Awaited<ReturnType<TurnMeans['run']>>): unknown {
  if (answer.kind === 'asks') {
    throw new Error('A question that goes on by itself cannot ask its user.');
  }
  return answer.kind === 'done' ? answer.result : toStored(keptFailure(answer.code, answer.sentence));
}

const byId = z.strictObject({ taskId: z.string() });

function invocationOf(means: TurnMeans, asked: AskedQuestion, job: string, gone: AbortSignal) {
  const { principal, correlationId } = asked;
  const offer = means.offers.find(({ thing }) => thing.name === asked.tool);
  if (offer === undefined) {
    throw new Error('A question is to an expert that is not offered any more.');
  }
  const { store, knowledge } = means.resources(principal);
  const { now, policy } = means;
  return openInvocation(turnOperation(offer, asked), {
    arguments: { taskId: job },
    by: 'caller',
    endpoint: 'agentic',
    gone,
    dialogue: {},
    // What is done is told by the job, in counts.
    call: {
      principal,
      correlationId,
      store,
      knowledge,
      policy,
      now,
      // What a tool has begun ends with the question.
      calledOff: async () => gone.aborted,
      hasProgress: true,
      progress: () => {},
    },
  });
}

/** Its result is undefined while the question is not answered. */
function turnOperation(
  offer: Offer<AnyTool>,
  { input }: AskedQuestion,
): Operation<CallToolResult | undefined> {
  const { thing: tool } = offer;
  return {
    kind: 'task',
    name: 'turn',
    title: 'Work on an answer',
    offer,
    input: byId,
    effects: 'reads',
    timeoutMs: turnTimeoutMs,
    async run(_id, call) {
      try {
        return resultOfTool(tool, tool.output.parse(await tool.handler(tool.input.parse(input), call)));
      } catch (error) {
        if (error instanceof TurnMade) {
          return undefined;
        }
        throw error;
      }
    },
  };
}

/** The engine ends an orchestration, not what its step is doing. */
function watchCancelled(look: () => Promise<boolean>) {
  const cancelled = new AbortController();
  const timer = setInterval(() => {
    // A look that fails is made again.
    void uncounted(look).then(
      (is) => is && cancelled.abort(),
      () => {},
    );
  }, lookMs);
  return { signal: cancelled.signal, stop: () => clearInterval(timer) };
}
