import type { CrashClient } from './client.ts';
import { type Scenario, unequal } from './scenario.ts';
import type { Subject } from './subjects.ts';

const tool = 'ask_billing_expert';
const yes = { inputResponses: { confirm: { action: 'accept', content: { confirm: true } } } };
/** So often a careful caller is asked, at most: a proposal that was lost is made again. */
const mostProposals = 3;

/** Asks for a payment, and agrees to what is proposed; with the proposal of before the crash first. */
async function agreedTo(client: CrashClient, { customer_id, invoice_id, memory }: Subject): Promise<string> {
  const asked = { question: `Please pay 25 dollars on invoice ${invoice_id} of customer ${customer_id}.` };
  for (let proposals = 0; proposals < mostProposals; ) {
    const requestState = memory.get('proposal');
    const said = await client.ask(tool, asked, requestState === undefined ? {} : { requestState, ...yes });
    if (said.requestState === undefined) {
      if (said.isError) {
        leave(String(said.content?.[0]?.text), memory);
        continue;
      }
      return (said.structuredContent as { answer: string }).answer.replace(/^This was decided before\. /, '');
    }
    memory.set('proposal', said.requestState);
    proposals += 1;
  }
  throw new Error('It was proposed again and again, and not carried out although it was agreed to.');
}

/**
 * The process that died had used the agreement and changed nothing: a careful caller asks again, as the sentence says.
 * @throws Error when it was refused for another reason
 */
function leave(sentence: string, memory: Subject['memory']): void {
  if (!sentence.includes('ask the expert how things are')) {
    throw new Error(sentence);
  }
  memory.delete('proposal');
}

export const questions: readonly Scenario[] = [
  {
    name: 'what an expert proposes',
    tool,
    along: ['pay_invoice'],
    door: 'app',
    act: agreedTo,
    done: ({ payments }) => payments.length,
    torn: ({ payments, receipts, agreements }) => [
      ...unequal('payments and kept answers', payments.length, receipts),
      ...(payments.length > agreements ? ['a payment whose agreement is not used up'] : []),
    ],
    wrong: (_, __, answer) => (/^Done: /.test(String(answer)) ? [] : [`the answer is: ${answer}`]),
  },
];
