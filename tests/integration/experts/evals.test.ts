import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import type { EvalCase } from '#evals/case';
import { allCases } from '#evals/cases/index';
import { scenarioCases } from '#evals/cases/scenarios';
import { type Companies, loadCompanies } from '#evals/companies';
import { runCase } from '#evals/run';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import type { ChatModel } from '#platform/experts/ports';
import type { Storage } from '#platform/storage/connect';
import { testStorage } from '../../support/azurite.ts';

let storage: Storage;
let companies: Companies;
beforeAll(async () => {
  storage = await testStorage();
  companies = await loadCompanies(storage, randomBytes(6).toString('hex'));
});

async function problemsOf(cases: readonly EvalCase[]): Promise<string[]> {
  const problems: string[] = [];
  for (const one of cases) {
    const result = await runCase(one, companies, storage, offlineModel(offlinePlans));
    problems.push(...result.problems.map((problem) => `${one.name}: ${problem}`));
    for (const answer of result.answers) {
      expect(answer.model).toBe('offline-playbooks');
      expect(answer.answer).toContain('no language model was used');
    }
  }
  return problems;
}

// that all of them pass is seen where the documents are typed: npm run eval
test('there are more than fifty evaluations', () => {
  expect(allCases(companies).length).toBeGreaterThan(50);
});

test('the nine scenarios are solved from the data: other people, the same answers', async () => {
  expect(await problemsOf(scenarioCases('fabrikam', companies.fabrikam))).toEqual([]);
});

const everyKind = [
  ['billing', 'Why is the last invoice of customer # so high?'],
  ['billing', 'Customer # is suspended, what now?'],
  ['billing', 'Where is the refund of customer #?'],
  ['billing', 'What does customer # owe?'],
  ['billing', 'Pay the invoice of customer #'],
  ['account', 'Is customer # locked?'],
  ['product', 'The internet of customer # is slow'],
  ['product', 'Can customer # use roaming tomorrow?'],
  ['product', 'Which promotions can customer # have?'],
  ['product', 'The calls of customer # keep dropping'],
] as const;

test('ordinary customers get an answer to every kind of question', async () => {
  const ids = companies.contoso.dataset.customers.slice(0, 8).map(({ customer_id }) => customer_id);
  const cases = ids.flatMap((id) =>
    everyKind.map(([domain, question]): EvalCase => {
      const text = question.replace('#', String(id));
      const expected =
        domain === 'billing' && text.startsWith('Pay') ? ['needs_input'] : ['done', 'needs_input'];
      const expect = { status: expected as ('done' | 'needs_input')[] };
      return {
        name: text,
        company: 'contoso',
        roles: ['security'],
        domain,
        turns: [{ question: text, expect }],
      };
    }),
  );
  expect(await problemsOf(cases)).toEqual([]);
});

test('an evaluation notices a wrong answer', async () => {
  const [first] = allCases(companies);
  expect(first).toBeDefined();
  if (first === undefined) {
    return;
  }
  const lie = {
    status: 'done',
    answer: 'John Doe owes 150.00 and I have credited 20.00.',
    citations: ['Data Overage Policy'],
    actions: [],
    follow_up: null,
  };
  const look = { id: 'look', name: 'get_customer_detail', argumentsText: '{"customer_id":251}' };
  const liar: ChatModel = {
    async complete({ messages }) {
      const hasLooked = messages.some(({ role }) => role === 'tool');
      return {
        text: hasLooked ? JSON.stringify(lie) : '',
        calls: hasLooked ? [] : [look],
        usage: { inputTokens: 0, outputTokens: 0 },
        model: 'liar',
        finishReason: 'stop',
      };
    },
  };
  const { problems } = await runCase(first, companies, storage, liar);
  expect(problems.join('\n')).toMatch(/Missing: .*outstanding/);
  expect(problems.join('\n')).toMatch(/Claimed: A credit/);
  expect(problems.join('\n')).toMatch(/Not cited: Data Overage Policy/);
  expect(problems.join('\n')).toMatch(/Not called: get_data_usage/);
});
