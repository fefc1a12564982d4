import { expect, test } from 'vitest';
import { domainDefinitions, expertDefinitions } from '#contoso/experts/domains';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import { Unavailable } from '#platform/errors';
import { likenessRouter } from '#platform/experts/models/offline/likeness-router';
import type { ChatModel } from '#platform/experts/ports';
import { modelRouter } from '#platform/experts/team/model-router';
import type { Router } from '#platform/experts/team/router';
import { says, scripted } from './stubs.ts';

const { signal } = new AbortController();
const likeness = likenessRouter(offlinePlans);

test.each([
  ['Why is the last invoice of customer 251 so high?', 'billing'],
  ['cust 254 cant sign in', 'account'],
  ['Netflix keeps buffering at customer 252', 'product'],
  ['How long does a refund take?', 'billing'],
  ['Switch roaming on for customer 4', 'product'],
])('"%s" is a matter of %s, by its likeness', async (question, domain) => {
  const { domains, why } = await likeness.route(question, expertDefinitions, signal);
  expect(domains[0]).toBe(domain);
  expect(why).toMatch(/^The question is like “.+”\.$/);
});

test('a question like none goes to the first expert, and it is said so', async () => {
  const { domains, why } = await likeness.route('Who won the election?', expertDefinitions, signal);
  expect(domains).toHaveLength(expertDefinitions.length);
  expect(why).toContain('like none');
});

test('a matter of several experts names all of them that there are', async () => {
  const { account, product } = domainDefinitions;
  const open = await likeness.route('Which tickets of customer 7 are open?', [product], signal);
  expect(open.domains).toEqual(['product']);
  const both = await likeness.route('Which tickets of customer 7 are open?', [product, account], signal);
  expect(both.domains).toEqual(['account', 'product']);
});

test('a language model chooses by what the experts say of themselves, in one turn without tools', async () => {
  const model = scripted(says('{"expert":"product","reason":"It is about a plan."}'));
  const found = await modelRouter(model, neverAsked).route('What?', expertDefinitions, signal);
  expect(found).toEqual({
    domains: ['product'],
    why: 'It is about a plan.',
    usage: { inputTokens: 10, outputTokens: 1 },
  });
  expect(model.requests).toMatchObject([
    {
      tools: [],
      last: true,
      answerSchema: { properties: { expert: { enum: ['billing', 'account', 'product'] } } },
      messages: [{ role: 'user', text: 'What?' }],
    },
  ]);
  for (const { description } of expertDefinitions) {
    expect(model.requests[0]?.instructions).toContain(description);
  }
});

const failing: ChatModel = {
  complete: async () => {
    throw new Unavailable('The language model is busy.');
  },
};

test.each([
  ['chooses nobody', scripted(says('I would ask around.'))],
  ['chooses somebody who is not there', scripted(says('{"expert":"boss","reason":"Who else."}'))],
  ['does not answer', failing],
])('when a language model %s, likeness chooses', async (_what, model) => {
  const router = modelRouter(model, async () => likeness);
  const { domains } = await router.route('Is customer 254 locked out?', expertDefinitions, signal);
  expect(domains[0]).toBe('account');
});

test('who is gone is not looked after any more', async () => {
  const gone = AbortSignal.abort(new Error('gone'));
  await expect(modelRouter(failing, neverAsked).route('What?', expertDefinitions, gone)).rejects.toThrow(
    'gone',
  );
});

async function neverAsked(): Promise<Router> {
  throw new Error('Likeness was asked.');
}
