import { expect, test } from 'vitest';
import { companyData } from '#evals/companies';
import { judgeFacts } from '#evals/questions/facts';
import { allQuestions, questionsOf } from '#evals/questions/index';
import { about, type Key } from '#evals/questions/key';
import type { ExpertAnswer } from '#platform/experts/ask';

function answered(answer: string, rest: Partial<ExpertAnswer> = {}): ExpertAnswer {
  return {
    domain: 'billing',
    status: 'done',
    answer,
    citations: [],
    actions: [],
    conversation_id: 'c',
    model: 'm',
    ...rest,
  };
}

const proposal = { description: 'Pays.', tool: 'pay_invoice', arguments: { invoice_id: 7, amount: 1 } };

const cases: readonly (readonly [string, ExpertAnswer, Key, string])[] = [
  ['a stated amount', answered('They owe $1,284.02.'), { facts: [1284.02] }, 'right'],
  ['an amount that is part of another', answered('They owe $284.02.'), { facts: [84.02] }, 'wrong but done'],
  ['the day of a date is no number', answered('Due on 2026-01-28.'), { facts: [28] }, 'wrong but done'],
  ['one of several words', answered('Roaming is off.'), { facts: ['not active|off'] }, 'right'],
  ['a rounded average', answered('24.8 GB'), { facts: [about(24.83)] }, 'right'],
  ['what must not be said', answered('$4.46', { status: 'error' }), { status: 'open', not: [4.46] }, 'wrong'],
  ['not knowing where an answer was to be had', answered('Who?', { status: 'needs_input' }), {}, 'unhelpful'],
  ['knowing where nobody can know', answered('It will rain.'), { status: 'open' }, 'wrong but done'],
  [
    'a proposal with the right arguments',
    answered('Waits.', { status: 'needs_input', actions: [proposal] }),
    { status: 'open', proposes: { tool: 'pay_invoice', arguments: { invoice_id: 7 } } },
    'right',
  ],
  [
    'a proposal with other arguments',
    answered('Waits.', { status: 'needs_input', actions: [proposal] }),
    { status: 'open', proposes: { tool: 'pay_invoice', arguments: { invoice_id: 8 } } },
    'unhelpful',
  ],
  [
    'a proposal that nobody asked for',
    answered('Waits.', { status: 'needs_input', actions: [proposal] }),
    { status: 'open', proposesNothing: true },
    'unhelpful',
  ],
];

test.each(cases)('%s is judged', (_name, answer, key, verdict) => {
  expect(judgeFacts(answer, key).verdict).toBe(verdict);
});

test('the questions are split in two parts that share none', () => {
  const questions = allQuestions(companyData('contoso'), '2026-01-15');
  const [tune, heldOut] = [questionsOf('tune', questions), questionsOf('held-out', questions)];
  expect(heldOut).toHaveLength(50);
  expect(tune.length).toBeGreaterThanOrEqual(100);
  expect(new Set([...tune, ...heldOut])).toEqual(new Set(questions));
});
