import { type Domain, domainDefinitions, expertDefinitions } from '#contoso/experts/domains';
import { dayOf } from '#platform/dates';
import { BusinessError } from '#platform/errors';
import { askExpert, type ExpertAnswer } from '#platform/experts/ask';
import { type Conversations, openConversations } from '#platform/experts/conversations';
import type { FlowRules } from '#platform/experts/flow/rules';
import type { ChatModel } from '#platform/experts/ports';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import type { Storage } from '#platform/storage/connect';
import type { LogFields, Logger } from '#platform/telemetry/log';
import { callerWith } from './callers.ts';
import type { EvalCase } from './case.ts';
import { type Companies, type Company, evalNow } from './companies.ts';
import { judge } from './judge.ts';
import { type RecordedCall, recordingToolboxes } from './toolbox.ts';

export interface EvalResult {
  readonly name: string;
  /** Empty when the case passed. */
  readonly problems: readonly string[];
  readonly answers: readonly ExpertAnswer[];
  readonly toolCalls: number;
  readonly seconds: number;
  /** Read and written by the model. */
  readonly tokens: number;
}

/** Adds up the tokens that the runs report, and drops the rest. */
function tokenCounter(): { readonly logger: Logger; total: number } {
  const counter = {
    total: 0,
    logger: {
      log(_level: string, _message: string, fields: LogFields = {}) {
        counter.total += Number(fields.inputTokens ?? 0) + Number(fields.outputTokens ?? 0);
      },
    },
  };
  return counter;
}

/** Whom a conversation is with, and who asks. */
export interface Asking {
  readonly company: Company;
  readonly roles: readonly string[];
  readonly domain: Domain;
  /** Other tools, or other rules for what was read, than experts have; those of the product when left out. */
  readonly toolboxes?: typeof recordingToolboxes;
  readonly rules?: FlowRules;
}

/** What came of one question: an answer, or the sentence with which it was refused. */
export type Came = { readonly calls: readonly RecordedCall[]; readonly tokens: number } & (
  | { readonly answer: ExpertAnswer; readonly problem?: undefined }
  | { readonly answer?: undefined; readonly problem: string }
);

/** Asks questions one after the other, in one conversation. */
export async function* converse(
  { company, roles, domain, rules, toolboxes = recordingToolboxes }: Asking,
  questions: readonly string[],
  storage: Storage,
  model: ChatModel,
): AsyncGenerator<Came> {
  const call = callOf(company, roles);
  const conversations: Conversations = openConversations({
    storage,
    tenant: company.tenant,
    now: () => evalNow,
  });
  let conversationId: string | undefined;
  for (const question of questions) {
    const { toolboxFor, calls } = toolboxes(call);
    const counter = tokenCounter();
    try {
      const answer = await askExpert(
        { expert: domainDefinitions[domain], question, conversationId },
        {
          model,
          toolboxFor,
          experts: expertDefinitions,
          conversations: conversations.of(call.principal.user),
          today: dayOf(evalNow),
          logger: counter.logger,
          signal: call.signal,
          progress: () => {},
          ...(rules && { rules }),
        },
      );
      conversationId = answer.conversation_id;
      yield { answer, calls, tokens: counter.total };
    } catch (error) {
      if (!(error instanceof BusinessError)) {
        throw error;
      }
      yield { problem: error.message, calls, tokens: counter.total };
    }
  }
}

/** Asks the questions of a case one after the other, in one conversation, and judges every answer. */
export async function runCase(
  { name, company, roles, domain, turns }: EvalCase,
  companies: Companies,
  storage: Storage,
  model: ChatModel,
): Promise<EvalResult> {
  const started = performance.now();
  const about = { company: companies[company], roles, domain };
  const questions = turns.map(({ question }) => question);
  const came: Came[] = [];
  for await (const one of converse(about, questions, storage, model)) {
    came.push(one);
  }
  const problems = turns.flatMap(({ question, expect }, place) => {
    const one = came[place];
    const found = one?.answer === undefined ? [one?.problem] : judge(one.answer, one.calls, expect);
    return found.map((problem) => `"${question}": ${problem}`);
  });
  return {
    name,
    problems,
    answers: came.flatMap(({ answer }) => answer ?? []),
    toolCalls: came.reduce((sum, { calls }) => sum + calls.length, 0),
    seconds: (performance.now() - started) / 1_000,
    tokens: came.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

function callOf({ tenant, store, knowledge }: Company, roles: readonly string[]): ToolCall {
  return {
    principal: callerWith(tenant, roles),
    store,
    knowledge,
    now: () => evalNow,
    policy: { confirmPaymentsAbove: 0, confirmPaymentsWithinHours: 24 },
    correlationId: 'call',
    signal: new AbortController().signal,
    progress: () => {},
  };
}
