import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '#platform/errors';
import { runExpert } from '#platform/experts/loop';
import { openaiChatModel } from '#platform/experts/models/openai-chat';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { RawStep } from '../../support/openai-messages.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { call, completion, settingsSentence } from './completions.ts';
import { modelAt, patient, request, secret } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

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
