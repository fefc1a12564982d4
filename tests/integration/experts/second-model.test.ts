import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { contoso } from '#contoso/business';
import { Unavailable } from '#platform/errors';
import { runExpert } from '#platform/experts/loop';
import { openModels } from '#platform/experts/models/open-models';
import { withSecond } from '#platform/experts/models/with-second';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { modelAt, patient, request, responsesModelAt } from './models.ts';

let first: FakeOpenAi;
let second: FakeOpenAi;
beforeEach(async () => {
  [first, second] = await Promise.all([startFakeOpenAi(), startFakeOpenAi()]);
});
afterEach(() => Promise.all([first.stop(), second.stop()]));

const sending = { attempts: 1, attemptMilliseconds: 60_000, longestWait: 20_000, firstWait: 1 };
const hello = { text: 'Hello.' };

/** Both, and a clock that the test moves. */
function both(open = modelAt) {
  const time = { now: 0 };
  const model = withSecond(open(first, { sending }).model, open(second).model, () => time.now);
  return { model, time, ask: () => model.complete(request, patient) };
}

const asked = () => [first.requests.length, second.requests.length];

test.each([429, 503])(
  '%i: the second answers at once, and until the time that the first one named',
  async (status) => {
    first.plan({ status, headers: { 'retry-after': '30' } }, hello);
    second.plan(hello, hello);
    const { ask, time } = both();
    await expect(ask()).resolves.toMatchObject({ text: 'Hello.' });
    expect(asked()).toEqual([1, 1]);
    time.now = 29_999;
    await ask();
    expect(asked()).toEqual([1, 2]);
    time.now = 30_000;
    await ask();
    expect(asked()).toEqual([2, 2]);
  },
);

test('a first one that does not say when is asked again after ten seconds, and after five minutes at most', async () => {
  first.plan({ status: 503 }, { status: 429, headers: { 'retry-after': '86400' } }, hello);
  second.plan(hello, hello);
  const { ask, time } = both();
  await ask();
  time.now = 10_000;
  await ask();
  time.now += 300_000;
  await ask();
  expect(asked()).toEqual([3, 2]);
});

test.each([400, 401, 404])(
  '%i: what no other time helps is told, and the second is not asked',
  async (status) => {
    first.plan({ status });
    await expect(both().ask()).rejects.toBeInstanceOf(Unavailable);
    expect(asked()).toEqual([1, 0]);
  },
);

test('when both are busy, the second is waited for, and the caller is told', async () => {
  const busy = { status: 429, headers: { 'retry-after': '0' } };
  first.plan(busy);
  second.plan(busy, busy, busy);
  await expect(both().ask()).rejects.toEqual(
    new Unavailable('The language model is busy; try again in a minute.'),
  );
  expect(asked()).toEqual([1, 3]);
});

test('nobody is asked any more for a caller who is gone', async () => {
  first.plan({ hang: 'headers' });
  const caller = new AbortController();
  const running = both().model.complete(request, caller.signal);
  await expect.poll(() => first.requests.length).toBe(1);
  caller.abort(new Error('The caller is gone.'));
  await expect(running).rejects.toThrow('gone');
  expect(asked()).toEqual([1, 0]);
});

test('a run goes on at the second in the middle, without the thoughts of the first', async () => {
  const products = { calls: [{ name: 'get_products', arguments: {} }], thought: 'Hm.' };
  first.plan(products, { status: 503 });
  second.plan({ text: answerText() });
  const box = toolbox({ get_products: ok({}) });
  const { answer } = await runExpert(aRun({ model: both(responsesModelAt).model, toolbox: box }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  const types = (service: FakeOpenAi) =>
    service
      .responses()
      .at(-1)
      ?.input.map((one) => ('type' in one ? one.type : one.role));
  expect(types(first)).toEqual(['user', 'reasoning', 'function_call', 'function_call_output']);
  expect(types(second)).toEqual(['user', 'function_call', 'function_call_output']);
});

test('the settings open both, each with its own key', async () => {
  const azure = { kind: 'azure', apiVersion: 'v1', chatDeployment: 'gpt' } as const;
  first.plan({ status: 429, headers: { 'retry-after': '60' } });
  second.plan(hello);
  const { chat } = await openModels(
    {
      ...azure,
      endpoint: first.url,
      apiKeys: ['first-key'],
      second: { ...azure, endpoint: second.url, apiKeys: ['second-key'], chatDeployment: 'spare' },
    },
    contoso.offlinePlans,
  );
  await chat.complete(request, patient);
  expect(first.requests[0]).toMatchObject({
    headers: { authorization: 'Bearer first-key' },
    body: { model: 'gpt' },
  });
  expect(second.requests[0]).toMatchObject({
    headers: { authorization: 'Bearer second-key' },
    body: { model: 'spare' },
  });
});

describe.each([
  ['v1', 'authorization', 'Bearer '],
  ['2024-10-21', 'api-key', ''],
] as const)('a key that is replaced, with version %s,', (apiVersion, header, before) => {
  const refused = { status: 401, body: { error: { message: 'Access denied.', code: '401' } } };
  const opened = () =>
    openModels(
      {
        ...{ kind: 'azure', apiVersion, chatDeployment: 'gpt', endpoint: first.url },
        apiKeys: ['new-key', 'old-key'],
      },
      contoso.offlinePlans,
    );
  const shown = () => first.requests.map(({ headers }) => headers[header]);

  it('gives way to the old one as long as the server does not know it', async () => {
    first.plan(refused, hello, hello);
    const { chat } = await opened();
    await chat.complete(request, patient);
    await chat.complete(request, patient);
    expect(shown()).toEqual(['new-key', 'old-key', 'old-key'].map((key) => `${before}${key}`));
  });

  it('is used once the server refuses the old one, and both refused are an error', async () => {
    first.plan(refused, hello, refused, hello, refused, refused);
    const { chat } = await opened();
    await chat.complete(request, patient);
    await chat.complete(request, patient);
    await expect(chat.complete(request, patient)).rejects.toThrow();
    expect(shown()).toEqual(
      ['new-key', 'old-key', 'old-key', 'new-key', 'new-key', 'old-key'].map((key) => `${before}${key}`),
    );
  });
});
