import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { offlinePlans } from '#contoso/experts/offline/plans';
import { Refused, Unavailable } from '#platform/errors';
import { finalAnswerSchema } from '#platform/experts/answer';
import { runExpert } from '#platform/experts/loop';
import { compatibleClient } from '#platform/experts/models/client';
import { openModels } from '#platform/experts/models/open-models';
import { openaiChatModel } from '#platform/experts/models/openai-chat';
import type { ModelRequest } from '#platform/experts/ports';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

const request: ModelRequest = {
  domain: 'billing',
  instructions: 'You are the billing expert.',
  today: '2026-01-15',
  messages: [{ role: 'user', text: 'What is open?' }],
  tools: [
    { name: 'get_products', description: 'Products.', inputSchema: { type: 'object', properties: {} } },
  ],
  last: false,
  answerSchema: finalAnswerSchema,
};

const patient = new AbortController().signal;

/** Impatient, so that a test of a hanging service ends. */
function chatModel(attemptMilliseconds = 5_000, turnTokens = 500) {
  const client = compatibleClient({ kind: 'compatible', baseUrl: service.baseUrl, chatModel: 'fake' });
  const sending = { attempts: 3, attemptMilliseconds, longestWait: 2_000, firstWait: 1 };
  return openaiChatModel(client, 'fake', { structuredAnswers: false, turnTokens, sending });
}

test('a whole run over the wire: parallel calls, broken arguments, and the answer', async () => {
  service.plan(
    {
      calls: [
        { name: 'get_billing_summary', arguments: { customer_id: 251 } },
        { name: 'get_products', arguments: '{"category": "mob' },
      ],
    },
    { text: answerText() },
  );
  const box = toolbox({ get_billing_summary: ok({ total_due: 100 }), get_products: ok({}) });
  const { answer, model, statistics } = await runExpert(aRun({ model: chatModel(), toolbox: box }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  expect(model).toBe('fake-model-2026');
  expect(statistics).toMatchObject({ turns: 2, inputTokens: 200, outputTokens: 40 });
  expect(box.called).toEqual(['get_billing_summary']);
  const results = service.chats()[1]?.messages.filter(({ role }) => role === 'tool');
  expect(results?.map(({ content }) => content)).toEqual([
    '<tool_data>{"outcome":"ok","data":{"total_due":100}}</tool_data>',
    expect.stringContaining('not a JSON object'),
  ]);
});

test('sends the instructions, the tools and the limit', async () => {
  service.plan({ text: 'Hello.' });
  await chatModel().complete(request, patient);
  expect(service.chats()[0]).toMatchObject({
    model: 'fake',
    max_completion_tokens: 500,
    messages: [
      { role: 'system', content: 'You are the billing expert.' },
      { role: 'user', content: 'What is open?' },
    ],
    tools: [{ type: 'function', function: { name: 'get_products' } }],
  });
});

describe('failures that pass', () => {
  test.each([
    { status: 429, headers: { 'retry-after': '0' } },
    { status: 500, headers: { 'retry-after-ms': '1' } },
    { status: 503, headers: { 'retry-after': '0' } },
  ])('a $status is tried again', async (failure) => {
    service.plan(failure, failure, { text: 'Hello.' });
    await expect(chatModel().complete(request, patient)).resolves.toMatchObject({ text: 'Hello.' });
    expect(service.requests).toHaveLength(3);
  });

  test('after three attempts it is given up', async () => {
    const busy = { status: 429, headers: { 'retry-after': '0' } };
    service.plan(busy, busy, busy, { text: 'Hello.' });
    await expect(chatModel().complete(request, patient)).rejects.toThrow(
      new Unavailable('The language model is busy; try again in a minute.'),
    );
    expect(service.requests).toHaveLength(3);
  });

  test('a wait that is too long is not waited for', async () => {
    service.plan({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(chatModel().complete(request, patient)).rejects.toBeInstanceOf(Unavailable);
    expect(service.requests).toHaveLength(1);
  });

  test.each(['headers', 'body'] as const)(
    'a service that hangs before its %s end is given up',
    async (hang) => {
      service.plan({ hang }, { hang }, { hang });
      await expect(chatModel(50).complete(request, patient)).rejects.toThrow(
        new Unavailable('The language model does not answer; try again in a moment.'),
      );
      expect(service.requests).toHaveLength(3);
    },
  );

  test('a service that is not there is unavailable', async () => {
    const model = chatModel();
    await service.stop();
    service = await startFakeOpenAi();
    await expect(model.complete(request, patient)).rejects.toBeInstanceOf(Unavailable);
  });

  test('waiting ends when the caller is gone', async () => {
    const caller = new AbortController();
    service.plan({ status: 429, headers: { 'retry-after': '2' } });
    const running = chatModel().complete(request, caller.signal);
    await expect.poll(() => service.requests.length).toBe(1);
    caller.abort(new Error('The caller is gone.'));
    await expect(running).rejects.toThrow('gone');
  });
});

describe('failures that stay', () => {
  test.each([
    ['content filter of the question', { status: 400, code: 'content_filter' }, Refused, 'content filter'],
    ['content filter of the answer', { text: '', finish: 'content_filter' }, Refused, 'content filter'],
    ['an answer that was cut off', { text: '{"status":', finish: 'length' }, Refused, 'cut off'],
    ['too long a conversation', { status: 400, code: 'context_length_exceeded' }, Refused, 'start a new one'],
    ['a wrong key', { status: 401 }, Unavailable, 'ask the operator'],
    ['a deployment that does not exist', { status: 404 }, Unavailable, 'ask the operator'],
    ['a spent quota', { status: 429, code: 'insufficient_quota' }, Unavailable, 'quota'],
  ] as const)('%s is not tried again and says what to do', async (_what, step, kind, words) => {
    service.plan(step);
    const failure = await chatModel()
      .complete(request, patient)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toContain(words);
    expect(service.requests).toHaveLength(1);
  });

  test('a request that the server does not take says whom to ask, and quotes nothing', async () => {
    service.plan({ status: 400, code: 'invalid_request' });
    const failure = await chatModel()
      .complete(request, patient)
      .catch((error: unknown) => error);
    expect(failure).toEqual(
      new Unavailable(
        'The language model cannot be used with these settings; ask the operator to check them.',
      ),
    );
    expect((failure as Error).cause).toMatchObject({
      name: 'ModelFault',
      status: 400,
      code: 'invalid_request',
    });
    expect(service.requests).toHaveLength(1);
  });
});

describe('Azure OpenAI', () => {
  const azure = { kind: 'azure', apiKey: 'a-key', chatDeployment: 'gpt' } as const;

  test('the v1 endpoint gets the deployment as the model', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels(
      { ...azure, endpoint: `${service.url}/`, apiVersion: 'v1' },
      offlinePlans,
    );
    await chat.complete(request, patient);
    expect(service.requests[0]?.path).toBe('/openai/v1/chat/completions');
    expect(service.requests[0]?.headers.authorization).toBe('Bearer a-key');
    expect(service.requests[0]?.body.model).toBe('gpt');
  });

  test('a dated version gets the deployment in the path and the key in its own header', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels(
      { ...azure, endpoint: service.url, apiVersion: '2024-10-21' },
      offlinePlans,
    );
    await chat.complete(request, patient);
    expect(service.requests[0]?.path).toBe('/openai/deployments/gpt/chat/completions?api-version=2024-10-21');
    expect(service.requests[0]?.headers['api-key']).toBe('a-key');
  });

  test('the answer is held to its schema', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels({ ...azure, endpoint: service.url, apiVersion: 'v1' }, offlinePlans);
    await chat.complete(request, patient);
    expect(service.chats()[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'answer', strict: true, schema: finalAnswerSchema },
    });
  });
});
