import { dayOf } from '../../dates.ts';
import type { ToolCall } from '../../mcp/definitions/tool.ts';
import { countModelCost } from '../../telemetry/counts.ts';
import { type MeteredUse, metered } from '../../telemetry/token-meter.ts';
import { costOf, type PriceList } from './prices.ts';
import type { QuestionBudget } from './question-budget.ts';

export interface Accounting {
  /** Left out where nothing limits questions: then nothing is counted in storage. */
  readonly budget?: QuestionBudget | undefined;
  readonly prices?: PriceList | undefined;
}

type Asker = Pick<ToolCall, 'principal' | 'spent'>;

/**
 * Answers a question within the budget of its caller, and tells the call's record what models used for it.
 * @param work is given how many tokens it may use
 * @returns the answer, with a sentence more when the budget is nearly used up
 * @throws Refused and Unavailable as the budget says, before any work; whatever the work throws
 */
export async function accounted<Answer extends { readonly answer: string }>(
  call: Asker,
  { budget, prices }: Accounting,
  work: (tokensLeft: number) => Promise<Answer>,
): Promise<Answer> {
  const question = await budget?.begin(call.principal);
  const use = useOf(call, prices);
  try {
    const answer = await metered(use.note, () => work(question?.tokensLeft ?? Number.POSITIVE_INFINITY));
    const note = await question?.settle(use.tokens);
    return note === undefined ? answer : { ...answer, answer: `${answer.answer}\n\n${note}` };
  } catch (error) {
    await question?.settle(use.tokens);
    throw error;
  }
}

/** Does more for a question that was counted: only its tokens count. */
export async function accountedMore<Result>(
  call: Asker & Pick<ToolCall, 'now'>,
  { budget, prices }: Accounting,
  work: () => Promise<Result>,
): Promise<Result> {
  const use = useOf(call, prices);
  try {
    return await metered(use.note, work);
  } finally {
    if (use.tokens > 0) {
      const { principal, now } = call;
      await budget?.resume(principal, dayOf(now()), Number.POSITIVE_INFINITY).settle(use.tokens);
    }
  }
}

/** Adds up what models use, and tells the call's record of it. */
function useOf(call: Asker, prices: PriceList | undefined) {
  const use = {
    tokens: 0,
    note({ model, inputTokens, outputTokens }: MeteredUse) {
      use.tokens += inputTokens + outputTokens;
      const cost = prices && costOf(prices, model, { inputTokens, outputTokens });
      call.spent?.({
        inputTokens,
        outputTokens,
        ...(cost !== undefined && { cost, currency: prices?.currency }),
      });
      if (prices !== undefined && cost !== undefined) {
        countModelCost(cost, { tenant: call.principal.tenant, model, currency: prices.currency });
      }
    },
  };
  return use;
}
