import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BusinessError, Refused, Unavailable } from '#platform/errors';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { RawStep } from '../../support/openai-messages.ts';
import { settingsSentence } from './completions.ts';
import { modelAt, patient, request } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

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
