import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contoso } from '#contoso/business';
import { Refused, Unavailable } from '#platform/errors';
import { finalAnswerSchema } from '#platform/experts/answer';
import { runExpert } from '#platform/experts/loop';
import { openModels } from '#platform/experts/models/open-models';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { azureSays, patient, request, responsesModelAt, secret } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

const box = () => toolbox({ get_billing_summary: ok({ total_due: 100 }), get_products: ok({}) });
const bothTools = {
  calls: [
    { name: 'get_billing_summary', arguments: { customer_id: 251 } },
    { name: 'get_products', arguments: '{"category": "mob' },
  ],
};
const products = { calls: [{ name: 'get_products', arguments: {} }] };

test('a whole run over the wire: parallel calls, broken arguments, and the answer', async () => {
  service.plan(bothTools, { text: answerText() });
  const tools = box();
  const { model } = responsesModelAt(service);
  const { answer, statistics, model: name } = await runExpert(aRun({ model, toolbox: tools }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  expect(name).toBe('fake-model-2026');
  expect(statistics).toMatchObject({ turns: 2, inputTokens: 200, outputTokens: 40 });
  expect(tools.called).toEqual(['get_billing_summary']);
  const items = service.responses()[1]?.input.map((one) => ('type' in one ? one.type : one.role));
  expect(items).toEqual([
    'user',
    'function_call',
    'function_call',
    'function_call_output',
    'function_call_output',
  ]);
});

test('sends the instructions, the tools and the limit, and has nothing stored', async () => {
  service.plan({ text: 'Hello.' });
  const { model } = responsesModelAt(service, { turnTokens: 700, reasoningEffort: 'low' });
  await model.complete(request, patient);
  expect(service.requests[0]?.path).toBe('/v1/responses');
  expect(service.responses()[0]).toMatchObject({
    model: 'fake',
    instructions: 'You are the billing expert.',
    input: [{ role: 'user', content: secret }],
    store: false,
    max_output_tokens: 700,
    reasoning: { effort: 'low' },
    tools: [{ type: 'function', name: 'get_products', strict: false }],
  });
});

test('the answer is held to its schema', async () => {
  service.plan({ text: 'Hello.' });
  await responsesModelAt(service, { structuredAnswers: true }).model.complete(request, patient);
  expect(service.responses()[0]?.text).toEqual({
    format: { type: 'json_schema', name: 'answer', strict: true, schema: finalAnswerSchema },
  });
});

test('the last turn keeps the tools and forbids them, and what is malformed is written again', async () => {
  service.plan(products, { text: 'Not JSON.' }, { text: answerText() });
  const { model } = responsesModelAt(service);
  const limits = { turns: 2, tokens: 9_000, hurryAfter: 60_000, milliseconds: 60_000 };
  const { answer } = await runExpert(aRun({ model, toolbox: box(), limits }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  expect(service.responses().map(({ tools, tool_choice }) => [tools?.length, tool_choice])).toEqual([
    [2, undefined],
    [2, 'none'],
    [2, 'none'],
  ]);
});

test("Azure's v1 endpoint gets the deployment as the model", async () => {
  service.plan({ text: 'Hello.' });
  const azure = { kind: 'azure', apiKeys: ['a-key'], apiVersion: 'v1', api: 'responses' } as const;
  const options = { ...azure, chatDeployment: 'gpt', endpoint: service.url };
  const { chat } = await openModels(options, contoso.offlinePlans);
  await chat.complete(request, patient);
  expect(service.requests[0]).toMatchObject({ path: '/openai/v1/responses', body: { model: 'gpt' } });
  expect(service.requests[0]?.headers.authorization).toBe('Bearer a-key');
  expect(service.responses()[0]?.text).toMatchObject({ format: { strict: true } });
});

describe('what a model thinks', () => {
  const thought = 'Customer 251 sounds like a liar.';

  test('goes back encrypted, before the call that it led to, and nowhere else', async () => {
    service.plan({ ...products, thought }, { ...bothTools, thought }, { text: answerText(), thought });
    const { model, lines } = responsesModelAt(service);
    const result = await runExpert(aRun({ model, toolbox: box() }));
    const last = service.responses().at(-1)?.input ?? [];
    expect(last.map((one) => ('type' in one ? one.type : one.role))).toEqual([
      'user',
      'reasoning',
      'function_call',
      'function_call_output',
      'reasoning',
      'function_call',
      'function_call',
      'function_call_output',
      'function_call_output',
    ]);
    expect(last[1]).toMatchObject({
      summary: [],
      encrypted_content: Buffer.from(thought).toString('base64'),
    });
    const told = JSON.stringify([result, lines, service.requests]);
    expect(told).not.toContain('liar');
    expect(JSON.stringify(result)).not.toContain(Buffer.from(thought).toString('base64'));
  });

  test.each([
    ['a model that does not reason', azureSays('Encrypted content is not supported with this model.')],
    [
      'a server that refuses the member',
      { status: 400, raw: { error: { message: 'Not supported.', param: 'include', code: null } } },
    ],
  ])('%s is not asked for it again', async (_what, refusal) => {
    service.refuseResponses(({ include }) => (include === undefined ? undefined : refusal));
    service.plan({ ...products, thought }, { text: answerText() });
    const { model, lines } = responsesModelAt(service);
    await runExpert(aRun({ model, toolbox: box() }));
    expect(service.responses().map(({ include }) => include)).toEqual([
      ['reasoning.encrypted_content'],
      undefined,
      undefined,
    ]);
    expect(lines).toMatchObject([
      { message: 'language model knows less', fields: { encryptedReasoning: false } },
    ]);
  });

  test('thoughts that the server cannot read any more are left out', async () => {
    const raw = { error: { message: 'Could not be verified.', code: 'invalid_encrypted_content' } };
    service.refuseResponses(({ input }) =>
      input.some((one) => 'type' in one && one.type === 'reasoning') ? { status: 400, raw } : undefined,
    );
    service.plan({ ...products, thought }, { text: answerText() });
    const { answer } = await runExpert(aRun({ model: responsesModelAt(service).model, toolbox: box() }));
    expect(answer.answer).toBe('Invoice 101 is open.');
  });
});

describe('answers that are none', () => {
  const failed = (code: string) => ({ raw: { object: 'response', status: 'failed', error: { code } } });

  test.each([
    ['cut off', { text: '{"status":', finish: 'length' }, Refused, 'cut off'],
    ['cut off while it thinks', { text: '', finish: 'length' }, Unavailable, 'raise MODEL_TURN_TOKENS'],
    ['filtered', { text: '', finish: 'content_filter' }, Refused, 'content filter'],
    ['a page', { raw: '<html>Sign in</html>', type: 'text/html' }, Unavailable, 'with these settings'],
    ['of the other protocol', { raw: { choices: [] } }, Unavailable, 'with these settings'],
    ['null', { raw: 'null' }, Unavailable, 'with these settings'],
    ['a failure that stays', failed('invalid_prompt'), Unavailable, 'with these settings'],
    ['a server without this API', { status: 404 }, Unavailable, 'does not exist'],
  ] as const)('%s', async (_what, step, kind, words) => {
    service.plan(step);
    const { model } = responsesModelAt(service);
    const failure = await model.complete(request, patient).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toContain(words);
    expect(service.requests).toHaveLength(1);
  });

  test.each(['server_error', 'rate_limit_exceeded'])('%s is sent again', async (code) => {
    service.plan(failed(code), { text: 'Hello.' });
    await expect(responsesModelAt(service).model.complete(request, patient)).resolves.toMatchObject({
      text: 'Hello.',
    });
  });
});

describe('answers that differ in form are read', () => {
  const says = (text: string, more: object = {}) => ({
    type: 'message',
    content: [{ type: 'output_text', text }],
    ...more,
  });
  test.each<[string, object, object]>([
    [
      'no usage',
      { output: [says('Hello.')] },
      { text: 'Hello.', usage: { inputTokens: 0, outputTokens: 0 } },
    ],
    ['no model and no status', { output: [says('Hello.')], status: null }, { model: 'fake' }],
    [
      'items of other kinds',
      { output: [{ type: 'web_search_call' }, null, says('Hello.')] },
      { text: 'Hello.', calls: [] },
    ],
    [
      'words beside the work',
      { output: [says('I look.', { phase: 'commentary' }), says('Hello.', { phase: 'final_answer' })] },
      { text: 'Hello.' },
    ],
    [
      'a refusal of the model',
      { output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'I cannot.' }] }] },
      { text: 'I cannot.' },
    ],
    [
      'a call without call_id',
      { output: [{ type: 'function_call', id: 'fc_1', name: 'get_products', arguments: { a: 1 } }] },
      { calls: [{ id: 'fc_1', name: 'get_products', argumentsText: '{"a":1}' }] },
    ],
    [
      'an answer that is taken for a thought',
      { output: [{ type: 'reasoning', content: [{ type: 'reasoning_text', text: `Hm. ${answerText()}` }] }] },
      { text: answerText() },
    ],
  ])('%s', async (_what, raw, expected) => {
    service.plan({ raw });
    const { model } = responsesModelAt(service);
    await expect(model.complete(request, patient)).resolves.toMatchObject(expected);
  });
});
