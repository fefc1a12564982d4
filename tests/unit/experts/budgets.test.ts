import { describe, expect, it } from 'vitest';
import { type Account, refusalOf, tokensLeft, warningOf } from '#platform/experts/budget/budgets';
import { costOf } from '#platform/experts/budget/prices';

const renewal = '2026-11-30T00:00:00.000Z';

function account(holder: Account['holder'], budget: Account['budget'], questions = 0, tokens = 0): Account {
  return { holder, budget, used: { questions, tokens } };
}

describe('what is left of a day', () => {
  it('says nothing while less than nine tenths are used', () => {
    const accounts = [account('user', { questions: 10 }, 8), account('tenant', { tokens: 1_000 }, 0, 899)];
    expect(refusalOf(accounts, renewal)).toBeUndefined();
    expect(warningOf(accounts, renewal)).toBeUndefined();
  });

  it('warns from nine tenths on, of what is nearest to its end', () => {
    expect(warningOf([account('user', { questions: 10 }, 9)], renewal)).toBe(
      'Note: of your questions for today, 9 of 10 are used; they are renewed at 2026-11-30 00:00 UTC.',
    );
    const two = [account('user', { questions: 10 }, 9), account('tenant', { tokens: 1_000 }, 0, 990)];
    expect(warningOf(two, renewal)).toContain('of your organisation’s tokens for today, 990 of 1000');
  });

  it.each([
    [
      'questions of the user',
      [account('user', { questions: 10 }, 10)],
      /your questions for today are used up \(10 of 10\)/,
    ],
    [
      'tokens of the tenant',
      [account('tenant', { tokens: 50 }, 0, 60)],
      /your organisation’s tokens for today are used up \(60 of 50\)/,
    ],
  ])('refuses at the end: %s', (_what, accounts, sentence) => {
    const refusal = refusalOf(accounts, renewal);
    expect(refusal).toMatch(sentence);
    expect(refusal).toContain('after 2026-11-30 00:00 UTC');
  });

  it('limits an answer to the tokens that are left, of whichever budget has fewer', () => {
    expect(tokensLeft([account('user', { questions: 3 })])).toBe(Number.POSITIVE_INFINITY);
    const both = [account('user', { tokens: 500 }, 0, 100), account('tenant', { tokens: 900 }, 0, 600)];
    expect(tokensLeft(both)).toBe(300);
  });
});

it('tokens cost what the list says for a million of them', () => {
  const prices = { currency: 'EUR', models: { small: { input: 0.5, output: 4 } } };
  expect(costOf(prices, 'small', { inputTokens: 2_000_000, outputTokens: 250_000 })).toBe(2);
  expect(costOf(prices, 'constructor', { inputTokens: 1, outputTokens: 1 })).toBeUndefined();
});
