import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith, tenants } from './development.ts';

const model = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_CHAT_MODEL: 'small' };
const withModel = (name: unknown) =>
  JSON.stringify(JSON.parse(tenants).map((tenant: object) => ({ ...tenant, model: name })));
const prices = (models: object) => JSON.stringify({ currency: 'EUR', models });
const price = { input: 1, output: 2 };

describe('budgets', () => {
  it('are none unless one is set', () => {
    expect(readSettings(development).experts.budgets).toBeUndefined();
  });

  it('are of a user or of a tenant, by questions or by tokens', () => {
    const { experts } = readSettings({
      ...development,
      QUESTIONS_PER_USER: '20',
      TOKENS_PER_TENANT: '5000000',
    });
    expect(experts.budgets).toEqual({ user: { questions: 20 }, tenant: { tokens: 5_000_000 } });
  });
});

describe('prices and models of tenants', () => {
  it('are taken as they are written', () => {
    const { experts, tenants: served } = readSettings({
      ...development,
      ...model,
      TENANTS: withModel('org/large:8b'),
      MODEL_PRICES: prices({ 'org/large:8b': price }),
    });
    expect(served).toMatchObject([{ model: 'org/large:8b' }]);
    expect(experts.prices).toEqual({ currency: 'EUR', models: { 'org/large:8b': price } });
  });

  it.each([
    [
      'a budget that is no number',
      { QUESTIONS_PER_USER: 'many' },
      /QUESTIONS_PER_USER is "many".*whole number/,
    ],
    ['a budget of nothing', { TOKENS_PER_TENANT: '0' }, /TOKENS_PER_TENANT is "0".*from 1000/],
    ['prices that are not JSON', { MODEL_PRICES: 'cheap' }, /MODEL_PRICES is not JSON/],
    [
      'prices without a currency',
      { MODEL_PRICES: '{"models":{}}' },
      /MODEL_PRICES is not right \(currency.*million tokens/,
    ],
    [
      'a price below nothing',
      { MODEL_PRICES: prices({ small: { input: -1, output: 1 } }) },
      /models\.small\.input/,
    ],
    [
      'a model without a price',
      { ...model, MODEL_PRICES: prices({ large: price }) },
      /MODEL_PRICES has no price of small/,
    ],
    ['a tenant’s model that is no name', { ...model, TENANTS: withModel('a b') }, /TENANTS .*0\.model/],
    [
      'a tenant’s model where there is none',
      { TENANTS: withModel('large') },
      /names the model large for contoso, but no language model is configured/,
    ],
  ])('%s stops the start', (_what, changes, message) => {
    expect(problemWith(changes)).toMatch(message);
  });
});
