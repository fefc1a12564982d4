import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BusinessError, Refused, Unavailable } from '#platform/errors';
import { runExpert } from '#platform/experts/loop';
import { openaiChatModel } from '#platform/experts/models/openai-chat';
import { type FakeOpenAi, type RawStep, startFakeOpenAi } from '../../support/fake-openai.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { modelAt, patient, request, secret } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

const completion = (message: object, more: object = {}) => ({
  model: 'other-server',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }],
  ...more,
});
const call = (fields: object = {}, wanted: object = {}) => ({
  id: 'call_1',
  type: 'function',
  function: { name: 'get_products', arguments: '{}', ...wanted },
  ...fields,
});

describe('answers that differ in form are read', () => {
  test.each<[string, object, object]>([
    ['tool_calls: null', completion({ content: 'Hello.', tool_calls: null }), { text: 'Hello.', calls: [] }],
    ['no tool_calls and no content', completion({}), { text: '', calls: [] }],
    [
      'content as parts',
      completion({
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo.' },
        ],
      }),
      { text: 'Hello.' },
    ],
    [
      'parts with thoughts',
      completion({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
          { type: 'text', text: 'Hello.' },
        ],
      }),
      { text: 'Hello.' },
    ],
    ['no usage', completion({ content: 'Hello.' }), { usage: { inputTokens: 0, outputTokens: 0 } }],
    [
      'usage: null',
      completion({ content: 'Hello.' }, { usage: null }),
      { usage: { inputTokens: 0, outputTokens: 0 } },
    ],
    ['no model', { choices: completion({ content: 'Hello.' }).choices }, { model: 'fake' }],
    [
      'finish_reason: null',
      { choices: [{ finish_reason: null, message: { content: 'Hello.' } }] },
      { text: 'Hello.' },
    ],
    [
      'arguments as an object',
      completion({ content: null, tool_calls: [call({}, { arguments: { category: 'mobile' } })] }),
      { calls: [{ id: 'call_1', name: 'get_products', argumentsText: '{"category":"mobile"}' }] },
    ],
    [
      'arguments as a text in a text',
      completion({ tool_calls: [call({}, { arguments: '"{\\"category\\":\\"mobile\\"}"' })] }),
      { calls: [{ argumentsText: '{"category":"mobile"}' }] },
    ],
    [
      'arguments with words after them',
      completion({ tool_calls: [call({}, { arguments: '{"category":"}"}\nI look that up.' })] }),
      { calls: [{ argumentsText: '{"category":"}"}' }] },
    ],
    [
      'no arguments',
      completion({ tool_calls: [call({}, { arguments: null })] }),
      { calls: [{ argumentsText: '{}' }] },
    ],
    [
      'calls without a type',
      completion({ tool_calls: [call({ type: undefined })] }),
      { calls: [{ name: 'get_products' }] },
    ],
    [
      'JSON behind a byte order mark',
      { raw: `\uFEFF${JSON.stringify(completion({ content: 'Hello.' }))}` },
      { text: 'Hello.' },
    ],
    [
      'JSON that is said to be text',
      { raw: JSON.stringify(completion({ content: 'Hello.' })), type: 'text/plain' },
      { text: 'Hello.' },
    ],
  ])('%s', async (_what, answer, expected) => {
    service.plan('raw' in answer ? (answer as RawStep) : { raw: answer });
    const { model } = modelAt(service);
    await expect(model.complete(request, patient)).resolves.toMatchObject(expected);
  });

  test('ids that are empty, doubled or too long are made anew, for the whole conversation', async () => {
    const many = [call({ id: '' }), call({ id: 'a' }), call({ id: 'a' }), call({ id: 'x'.repeat(80) })];
    service.plan({ raw: completion({ tool_calls: many }) }, { raw: completion({ tool_calls: many }) });
    service.plan({ text: answerText() });
    const box = toolbox({ get_products: ok({}) });
    const { answer } = await runExpert(aRun({ model: modelAt(service).model, toolbox: box }));
    expect(answer.status).toBe('done');
    const ids = service
      .chats()
      .at(-1)
      ?.messages.flatMap((message) =>
        'tool_calls' in message ? (message.tool_calls ?? []).map(({ id }) => id) : [],
      );
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
    expect(ids?.filter((id) => !/^[\w-]{1,40}$/.test(id))).toEqual([]);
    expect(ids).toContain('a');
  });

  test('a call that is broken is an outcome, and goes back in a form that servers read', async () => {
    const broken = [
      call({ id: 'one' }, { arguments: '{"category": "mob' }),
      call({ id: 'two' }, { arguments: '{"a":1}{"a":2}' }),
      call({ id: 'three' }, { name: 'no such tool!' }),
    ];
    service.plan({ raw: completion({ tool_calls: broken }) }, { text: answerText() });
    const box = toolbox({ get_products: ok({}) });
    await runExpert(aRun({ model: modelAt(service).model, toolbox: box }));
    expect(box.called).toEqual([]);
    const calls = service.chats()[1]?.messages.flatMap((one) => ('tool_calls' in one ? one.tool_calls : []));
    expect(calls?.map((one) => one?.function)).toEqual([
      { name: 'get_products', arguments: '{}' },
      { name: 'get_products', arguments: '{}' },
      { name: 'unknown_tool', arguments: '{}' },
    ]);
  });
});

const settingsSentence =
  'The language model cannot be used with these settings; ask the operator to check them.';

describe('answers that no repetition helps', () => {
  test.each<[string, RawStep, object]>([
    ['choices: null', { raw: { choices: null } }, { code: 'no_choices' }],
    ['choices: []', { raw: { choices: [] } }, { code: 'no_choices' }],
    ['a message that is null', { raw: { choices: [{ message: null }] } }, { code: 'no_choices' }],
    ['null', { raw: 'null' }, { code: 'no_choices' }],
    ['nothing', { raw: '', type: 'text/plain' }, { code: 'not_json' }],
    [
      'a page',
      { raw: '<!doctype html><title>Sign in</title>', type: 'text/html; charset=utf-8' },
      { code: 'a_page' },
    ],
    [
      'a stream nobody asked for',
      { raw: 'data: {"choices":[]}\n\ndata: [DONE]\n\n', type: 'text/event-stream' },
      { code: 'not_json' },
    ],
    [
      'an error with status 200',
      { raw: { error: { message: secret, type: 'invalid_request_error', code: 'bad_thing' } } },
      { code: 'bad_thing', type: 'invalid_request_error' },
    ],
    ['an error with status 200 that is a text', { raw: { error: secret } }, { status: 400 }],
    [
      'an error in a choice',
      { raw: { choices: [{ error: { message: secret, code: 'provider_error' } }] } },
      { code: 'provider_error' },
    ],
    [
      "vLLM's refusal, which is not under error",
      {
        status: 400,
        raw: {
          object: 'error',
          message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
          type: 'BadRequestError',
          param: null,
          code: 400,
        },
      },
      { status: 400, type: 'BadRequestError', code: '400' },
    ],
    [
      'a refusal that names what is refused',
      {
        status: 400,
        raw: { error: { message: `Unknown parameter: 'tools' in ${secret}`, param: 'tools', code: null } },
      },
      { status: 400, refused: 'tools' },
    ],
    ['a page with status 400', { status: 400, raw: '<html>no</html>', type: 'text/html' }, { status: 400 }],
    ['501', { status: 501, raw: {} }, { status: 501 }],
  ])('%s', async (_what, step, fields) => {
    service.plan(step, { text: 'Hello.' });
    const { model, lines } = modelAt(service);
    const failure = await model.complete(request, patient).catch((error: unknown) => error);
    expect(failure).toEqual(new Unavailable(settingsSentence));
    expect(service.requests).toHaveLength(1);
    expect(lines).toMatchObject([
      {
        level: 'error',
        message: 'language model failed',
        fields: { operation: 'chat', provider: 'openai', model: 'fake', reason: 'settings', ...fields },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

test('an identity without a token: a sentence, and the kind of the failure in the log', async () => {
  const noToken = Object.assign(new Error(`No token for ${secret}`), { name: 'CredentialUnavailableError' });
  const apiKey = () => Promise.reject(noToken);
  const client = new OpenAI({ baseURL: service.baseUrl, apiKey, maxRetries: 0 });
  const lines: object[] = [];
  const logger = { log: (...line: unknown[]) => lines.push(line) };
  const model = openaiChatModel(client, 'fake', { structuredAnswers: false, logger });
  await expect(model.complete(request, patient)).rejects.toEqual(
    new Unavailable('The language model refuses this service; ask the operator to check its settings.'),
  );
  expect(lines).toMatchObject([
    ['error', 'language model failed', { reason: 'access', type: 'CredentialUnavailableError' }],
  ]);
  expect(JSON.stringify(lines)).not.toContain(secret);
});

describe('answers that break off', () => {
  test.each<[string, RawStep]>([
    ['the connection ends early', { raw: completion({ content: 'Hello.' }), cut: true }],
    ['half an object', { raw: '{"choices":[{"message":{"content":"Hel' }],
    ['an overloaded server that says so with 200', { raw: { error: { code: 503, message: 'Overloaded' } } }],
  ])('%s: sent again, and given up with a sentence', async (_what, step) => {
    service.plan(step, { text: 'Hello.' });
    await expect(modelAt(service).model.complete(request, patient)).resolves.toMatchObject({
      text: 'Hello.',
    });
    service.plan(step, step, step);
    await expect(modelAt(service).model.complete(request, patient)).rejects.toEqual(
      new Unavailable('The language model does not answer; try again in a moment.'),
    );
    expect(service.requests).toHaveLength(5);
  });

  test('429 with retry-after-ms waits as long as it says', async () => {
    service.plan(
      { status: 429, headers: { 'retry-after-ms': '1', 'retry-after': '60' } },
      { text: 'Hello.' },
    );
    await expect(modelAt(service).model.complete(request, patient)).resolves.toMatchObject({
      text: 'Hello.',
    });
  });

  test.each<[string, object]>([
    ['in the middle of a call', { content: null, tool_calls: [call({}, { arguments: '{"category"' })] }],
    ['behind a call that can be read', { content: null, tool_calls: [call()] }],
    ['while it still thinks', { content: '<think>Let me see', reasoning_content: 'Hm.' }],
    ['with nothing said', { content: '' }],
  ])('finish_reason length %s: no call is made, and the operator reads why', async (_where, message) => {
    service.plan({ raw: { choices: [{ finish_reason: 'length', message }] } });
    const { model, lines } = modelAt(service);
    const box = toolbox({ get_products: ok({}) });
    await expect(runExpert(aRun({ model, toolbox: box }))).rejects.toThrow(
      /used up the tokens of a turn.*raise MODEL_TURN_TOKENS/,
    );
    expect(box.called).toEqual([]);
    expect(lines).toMatchObject([{ level: 'error', fields: { code: 'turn_tokens_spent' } }]);
  });
});

const vllm = (message: string, code: number | string = 400) => ({
  raw: { object: 'error', message, type: 'BadRequestError', param: null, code },
});
const openai = (message: string, code: string | null = null, type = 'invalid_request_error') => ({
  raw: { error: { message, type, param: null, code } },
});

describe('too long, filtered and used up, in the words of other servers', () => {
  test.each<[string, RawStep, abstract new (...args: never[]) => BusinessError, string]>([
    [
      'vLLM: too long',
      {
        status: 400,
        ...vllm(
          "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
        ),
      },
      Refused,
      'start a new one',
    ],
    [
      'vLLM, which names a member of the request with it',
      {
        status: 400,
        ...vllm(
          "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 8192 tokens and your request has 7000 input tokens.",
        ),
      },
      Refused,
      'start a new one',
    ],
    [
      'llama.cpp: too long',
      {
        status: 400,
        raw: {
          error: {
            code: 400,
            message: 'the request exceeds the available context size, try increasing it',
            type: 'exceed_context_size_error',
            n_ctx: 4096,
          },
        },
      },
      Refused,
      'start a new one',
    ],
    [
      'SGLang: too long',
      {
        status: 400,
        ...vllm("The input (263000 tokens) is longer than the model's context length (262144 tokens)."),
      },
      Refused,
      'start a new one',
    ],
    [
      'a proxy: too long',
      { status: 413, raw: '<html>413</html>', type: 'text/html' },
      Refused,
      'start a new one',
    ],
    [
      'OpenRouter: too long',
      {
        status: 400,
        ...openai('Input length 131393 exceeds the maximum allowed input length of 131040 tokens.'),
      },
      Refused,
      'start a new one',
    ],
    [
      'Azure: filtered',
      {
        status: 400,
        raw: {
          error: {
            message: "The response was filtered due to the prompt triggering Azure OpenAI's policy.",
            code: null,
            innererror: { code: 'ResponsibleAIPolicyViolation' },
          },
        },
      },
      Refused,
      'content filter',
    ],
    [
      'Alibaba: filtered',
      { status: 400, ...openai('Input data may contain inappropriate content.', 'data_inspection_failed') },
      Refused,
      'content filter',
    ],
    [
      'OpenRouter: filtered',
      {
        status: 403,
        raw: {
          error: { code: 403, message: 'Your chosen model requires moderation and your input was flagged' },
        },
      },
      Refused,
      'content filter',
    ],
    ['DeepSeek: used up', { status: 402, ...openai('Insufficient Balance') }, Unavailable, 'quota'],
    [
      'OpenAI: used up',
      {
        status: 429,
        ...openai('You exceeded your current quota.', 'insufficient_quota', 'insufficient_quota'),
      },
      Unavailable,
      'quota',
    ],
    ['Alibaba: used up', { status: 400, ...openai('Access denied.', 'Arrearage') }, Unavailable, 'quota'],
  ])('%s', async (_what, step, kind, words) => {
    service.plan(step, { text: 'Hello.' });
    const failure = await modelAt(service)
      .model.complete(request, patient)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toContain(words);
    expect(service.requests).toHaveLength(1);
  });

  test('a rate that is called a quota and says when it is free again is waited for', async () => {
    service.plan(
      { status: 429, headers: { 'retry-after': '0' }, ...openai('You exceeded your current quota.') },
      { text: 'Hello.' },
    );
    await expect(modelAt(service).model.complete(request, patient)).resolves.toMatchObject({
      text: 'Hello.',
    });
  });

  test('what a server repeats of the question does not tell failures apart', async () => {
    const detail = [
      { type: 'extra_forbidden', loc: ['body', 'x'], msg: 'No.', input: 'maximum context length' },
    ];
    service.plan({ status: 422, raw: { detail } });
    await expect(modelAt(service).model.complete(request, patient)).rejects.toThrow(settingsSentence);
  });
});
