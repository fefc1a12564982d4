import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contoso } from '#contoso/business';
import { finalAnswerSchema } from '#platform/experts/answer';
import { runExpert } from '#platform/experts/loop';
import { openModels } from '#platform/experts/models/open-models';
import type { ModelRequest } from '#platform/experts/ports';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { chatModel } from './models.ts';

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
  const { answer, model, statistics } = await runExpert(aRun({ model: chatModel(service), toolbox: box }));
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
  await chatModel(service).complete(request, patient);
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

describe('Azure OpenAI', () => {
  const azure = { kind: 'azure', apiKeys: ['a-key'], chatDeployment: 'gpt' } as const;

  test('the v1 endpoint gets the deployment as the model', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels(
      { ...azure, endpoint: `${service.url}/`, apiVersion: 'v1' },
      contoso.offlinePlans,
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
      contoso.offlinePlans,
    );
    await chat.complete(request, patient);
    expect(service.requests[0]?.path).toBe('/openai/deployments/gpt/chat/completions?api-version=2024-10-21');
    expect(service.requests[0]?.headers['api-key']).toBe('a-key');
  });

  test('the answer is held to its schema', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels(
      { ...azure, endpoint: service.url, apiVersion: 'v1' },
      contoso.offlinePlans,
    );
    await chat.complete(request, patient);
    expect(service.chats()[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'answer', strict: true, schema: finalAnswerSchema },
    });
  });
});
