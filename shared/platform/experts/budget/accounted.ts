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

/**
 * Answers a question within the budget of its caller, and tells the call's record what models used for it.
 * @param work is given how many tokens it may use
 * @returns the answer, with a sentence more when the budget is nearly used up
 * @throws Refused and Unavailable as the budget says, before any work; whatever the work throws
 */
export async function accounted<Answer extends { readonly answer: string }>(
  call: Pick<ToolCall, 'principal' | 'spent'>,
  { budget, prices }: Accounting,
  work: (tokensLeft: number) => Promise<Answer>,
): Promise<Answer> {
  const question = await budget?.begin(call.principal);
  let tokens = 0;
  const onUse = ({ model, inputTokens, outputTokens }: MeteredUse) => {
    tokens += inputTokens + outputTokens;
    const cost = prices && costOf(prices, model, { inputTokens, outputTokens });
    call.spent?.({
      inputTokens,
      outputTokens,
      ...(cost !== undefined && { cost, currency: prices?.currency }),
    });
    if (prices !== undefined && cost !== undefined) {
      countModelCost(cost, { tenant: call.principal.tenant, model, currency: prices.currency });
    }
  };
  try {
    const answer = await metered(onUse, () => work(question?.tokensLeft ?? Number.POSITIVE_INFINITY));
    const note = await question?.settle(tokens);
    return note === undefined ? answer : { ...answer, answer: `${answer.answer}\n\n${note}` };
  } catch (error) {
    await question?.settle(tokens);
    throw error;
  }
}
