import { domainDefinitions } from '#contoso/experts/domains';
import { dayOf } from '#platform/dates';
import { BusinessError } from '#platform/errors';
import { askExpert, type ExpertAnswer } from '#platform/experts/ask';
import { type Conversations, openConversations } from '#platform/experts/conversations';
import type { ChatModel } from '#platform/experts/ports';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import type { Storage } from '#platform/storage/connect';
import type { LogFields, Logger } from '#platform/telemetry/log';
import { callerWith } from './callers.ts';
import type { EvalCase } from './case.ts';
import { type Companies, type Company, evalNow } from './companies.ts';
import { judge } from './judge.ts';
import { type RecordedCall, recordingToolbox } from './toolbox.ts';

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

/** Asks the questions of a case one after the other, in one conversation, and judges every answer. */
export async function runCase(
  { name, company: which, roles, domain, turns }: EvalCase,
  companies: Companies,
  storage: Storage,
  model: ChatModel,
): Promise<EvalResult> {
  const started = performance.now();
  const company = companies[which];
  const call = callOf(company, roles);
  const conversations: Conversations = openConversations({
    storage,
    tenant: company.tenant,
    now: () => evalNow,
  });
  const problems: string[] = [];
  const answers: ExpertAnswer[] = [];
  const allCalls: RecordedCall[] = [];
  const counter = tokenCounter();
  for (const { question, expect } of turns) {
    const { toolbox, calls } = recordingToolbox(domain, call);
    const conversationId = answers.at(-1)?.conversation_id;
    try {
      const answer = await askExpert(
        { expert: domainDefinitions[domain], question, conversationId },
        {
          model,
          toolbox,
          conversations: conversations.of(call.principal.user),
          today: dayOf(evalNow),
          logger: counter.logger,
          signal: call.signal,
          progress: () => {},
        },
      );
      answers.push(answer);
      problems.push(...judge(answer, calls, expect).map((problem) => `"${question}": ${problem}`));
    } catch (error) {
      if (!(error instanceof BusinessError)) {
        throw error;
      }
      problems.push(`"${question}": ${error.message}`);
    }
    allCalls.push(...calls);
  }
  const seconds = (performance.now() - started) / 1_000;
  return { name, problems, answers, toolCalls: allCalls.length, seconds, tokens: counter.total };
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
