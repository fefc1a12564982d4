import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { domainDefinitions, domains } from '#contoso/experts/domains';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import { type Companies, evalNow, loadCompanies } from '#evals/companies';
import { allQuestions, questionsOf } from '#evals/questions/index';
import { type Question, question } from '#evals/questions/key';
import { questionLines, runQuestion } from '#evals/questions/run';
import { dayOf } from '#platform/dates';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import type { Storage } from '#platform/storage/connect';
import { testStorage } from '../../support/azurite.ts';

const model = offlineModel(offlinePlans);
let storage: Storage;
let companies: Companies;
beforeAll(async () => {
  storage = await testStorage();
  companies = await loadCompanies(storage, randomBytes(6).toString('hex'));
});

/** What is not right, as a person reads it. */
async function notRight(questions: readonly Question[]): Promise<string[]> {
  const lines: string[] = [];
  for (const one of questions) {
    const result = await runQuestion(one, companies, storage, model);
    if (result.verdict !== 'right') {
      lines.push(questionLines(result));
    }
  }
  return lines;
}

test('the questions that the plans were made with are answered right', async () => {
  const all = allQuestions(companies.contoso, dayOf(evalNow));
  expect(await notRight(questionsOf('tune', all))).toEqual([]);
});

test("what another expert knows better is handed to that one, not answered with a rule of one's own", async () => {
  const outage = question('billing', 'Is there an outage at customer 252?', {
    status: 'done',
    facts: ['2026-01-13', 'ask_product_expert'],
  });
  expect(await notRight([outage])).toEqual([]);
});

const failed = ['fail', '72.99', '77.58'];
const namesakes = [251, 252, 253, 254, 255, 256];
const roamingOn = {
  tool: 'update_subscription',
  arguments: { subscription_id: 253, update: { roaming_enabled: true } },
};

test.each<[string, Question]>([
  [
    'no offer for a suspended subscription',
    question('product', 'Offers for customer 258?', { facts: ['suspend'], proposesNothing: true }),
  ],
  [
    'failed payments are counted, and no fee is made up',
    question('billing', 'How many payments of customer 8 failed?', {
      facts: [2, ...failed],
      not: ['late fee'],
    }),
  ],
  [
    'every namesake is listed',
    question('billing', 'What does Mr Doe owe?', { status: 'open', facts: [...namesakes, 'Gold', 'Bronze'] }),
  ],
  [
    'a fragment does not repeat the first answer',
    question('billing', ['What does customer 251 owe?', 'and 258?'], { facts: [95.5], not: [100] }),
  ],
  [
    'a yes to a question of its own proposes the change',
    question('product', ['Mark Doe flies to Spain in two days, will his phone work?', 'yes please'], {
      status: 'open',
      proposes: roamingOn,
    }),
  ],
  [
    'a question orders nothing',
    question('product', 'Why is roaming off for customer 253?', { proposesNothing: true, facts: ['off'] }),
  ],
  [
    'a part that is not understood is named, the other is answered',
    question('billing', 'What does customer 251 owe? Who won the football championship?', {
      status: 'open',
      facts: [100, 'not understood'],
    }),
  ],
  [
    'what nobody here knows gets no document',
    question('product', 'Who won the football championship?', { status: 'open', facts: ['For example'] }),
  ],
])('%s', async (_what, one) => {
  expect(await notRight([one])).toEqual([]);
});

test('every question that an expert gives as an example is answered', async () => {
  const examples = domains.flatMap((domain) => {
    const { example, moreExamples = [] } = domainDefinitions[domain];
    return [example, ...moreExamples].map((text) => question(domain, text, { facts: [''] }));
  });
  expect(examples).toHaveLength(9);
  expect(await notRight(examples)).toEqual([]);
});

test('answers are short unless a list was asked for', async () => {
  const asked = [
    'What does customer 251 owe?',
    'biggest invoice of customer 5?',
    'does a late fee apply to customer 8?',
  ];
  for (const text of asked) {
    const { answer } = await runQuestion(question('billing', text, {}), companies, storage, model);
    expect(answer?.answer.split(/\s+/).length, answer?.answer).toBeLessThanOrEqual(90);
  }
});
