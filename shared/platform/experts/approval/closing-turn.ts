import { monotonicNow } from '../../clock.ts';
import { dayOf } from '../../dates.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import { inAgentSpan, noteAnswer } from '../../telemetry/agent-use.ts';
import { logRun } from '../ask.ts';
import { accountedMore } from '../budget/accounted.ts';
import { historyOf } from '../compaction.ts';
import { type ExpertDefinition, versionOf } from '../definition.ts';
import type { ExpertToolsDependencies } from '../expert-tools.ts';
import { runExpert } from '../loop.ts';
import { withoutOutsideLinks } from '../outside-links.ts';
import type { ChatModel, ExpertToolbox, ToolOutcome, ToolSpec } from '../ports.ts';
import { defaultLimits, type ExpertResult } from '../run-state.ts';
import { statedIn } from '../values-stated.ts';
import type { Decision } from './changes.ts';
import type { Close, Decided } from './with-closing.ts';

/** Milliseconds that a model may take to say what follows from what was done. */
const closingTime = 20_000;

const closingNote =
  'The person was asked about the changes that you proposed. What became of each is the result of its call below: nothing else was changed. The person is told that in the words of this service, before yours. Say what follows from it, and answer what is still open of the question; do not repeat the results.';

export interface ClosingMeans extends ExpertToolsDependencies {
  readonly experts: readonly ExpertDefinition[];
  /** As models see a tool; undefined when there is none of that name. */
  readonly specOf: (tool: string) => ToolSpec | undefined;
}

/**
 * Gives a language model one turn after changes were made: it sees the results, can call nothing, and what it says is
 * held to the same evidence as every answer. What it cannot say leaves the report as it stands.
 */
export function closingTurn(means: ClosingMeans): Close {
  return async (about, call, withinMs = closingTime) => {
    const expert = means.experts.find(({ domain }) => domain === about.proposal.domain);
    if (expert === undefined || withinMs <= 0) {
      return undefined;
    }
    try {
      const { answer, model, statistics } = await accountedMore(call, means, () =>
        inTurn(expert, about, call, Math.min(withinMs, closingTime), means),
      );
      return statistics.turns === 0 || answer.status === 'error'
        ? undefined
        : {
            status: answer.status,
            answer: withoutOutsideLinks(answer.answer),
            actions: answer.actions.map(withoutOutsideLinks),
            ...(answer.follow_up !== null && { follow_up: withoutOutsideLinks(answer.follow_up) }),
            model,
          };
    } catch {
      // What was done is reported without it; the model's failure is in the log.
      return undefined;
    }
  };
}

async function inTurn(
  expert: ExpertDefinition,
  { id, proposal, decided }: Decided,
  call: ToolCall,
  milliseconds: number,
  means: ClosingMeans,
): Promise<ExpertResult> {
  const { domain } = expert;
  const { correlationId, principal } = call;
  const version = versionOf(expert);
  const started = monotonicNow();
  return await inAgentSpan({ name: domain, version, correlationId }, async (span) => {
    const ran = await runExpert({
      // The records of the question were looked up before; only what was done is evidence here.
      expert: { ...expert, records: [] },
      messages: [...historyOf(proposal), { role: 'note', text: closingNote }],
      resume: decided.map(({ change }, place) => ({
        id: `decided-${place}`,
        name: change.tool,
        argumentsText: JSON.stringify(change.arguments),
      })),
      citable: [],
      today: dayOf(call.now()),
      model: askedOnce(means.modelFor(call)),
      toolbox: resultsOf(decided, expert, call, means),
      signal: call.signal,
      progress: () => {},
      limits: { ...defaultLimits, turns: 1, hurryAfter: milliseconds, milliseconds },
    });
    noteAnswer(span, { ...ran.statistics, conversationId: id });
    const about = { tenant: principal.tenant, correlationId, domain, instructions: version };
    logRun(means.logger, about, ran, monotonicNow() - started);
    return ran;
  });
}

/** A malformed answer is not written again. */
function askedOnce(model: ChatModel): ChatModel {
  let asked = false;
  return {
    async complete(request, signal) {
      if (asked) {
        throw new Error('The turn was made.');
      }
      asked = true;
      return await model.complete(request, signal);
    },
  };
}

/** The expert's tools, as the model has seen them; what became of the changes is all that they return. */
function resultsOf(
  decided: readonly Decision[],
  expert: ExpertDefinition,
  call: ToolCall,
  { toolboxFor, experts, specOf }: ClosingMeans,
): ExpertToolbox {
  const others = experts.filter((other) => other !== expert).map(({ domain }) => domain);
  const handOver = () => Promise.reject(new Error('Nothing is handed over any more.'));
  const { definitions } = toolboxFor(call, expert, { domains: others, handOver });
  const more = [...new Set(decided.map(({ change }) => change.tool))].flatMap((name) => {
    const spec = definitions.some((known) => known.name === name) ? undefined : specOf(name);
    return spec === undefined ? [] : [spec];
  });
  const left = [...decided];
  return {
    definitions: [...definitions, ...more],
    async call(name) {
      const one = left.find(({ change }) => change.tool === name);
      if (one === undefined) {
        return { kind: 'error', message: 'Nothing became of it.' };
      }
      left.splice(left.indexOf(one), 1);
      return outcomeOf(one);
    },
  };
}

/** Of what was done in an earlier request, the sentence is left; its values are what an answer can rest on. */
function outcomeOf({ outcome, sentence, data }: Decision): ToolOutcome {
  const kept = { result: sentence, values: [...statedIn(sentence).numbers] };
  return outcome === 'done'
    ? { kind: 'ok', data: data ?? kept, summary: sentence }
    : { kind: 'error', message: sentence };
}
