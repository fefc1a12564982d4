import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contoso } from '#contoso/business';
import { openModels } from '#platform/experts/models/open-models';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { Rule } from '../../support/openai-messages.ts';
import { azureSays, modelAt, patient, request } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

/** Azure before 2024-09-01-preview. */
const olderAzure: Rule = (body) =>
  'max_completion_tokens' in body
    ? azureSays('Unrecognized request argument supplied: max_completion_tokens')
    : undefined;

const mistral: Rule = (body) =>
  'max_completion_tokens' in body
    ? {
        status: 422,
        raw: {
          object: 'error',
          message: {
            detail: [
              {
                type: 'extra_forbidden',
                loc: ['body', 'max_completion_tokens'],
                msg: 'Extra inputs are not permitted',
                input: 4_000,
              },
            ],
          },
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      }
    : undefined;

describe('the limit of a turn', () => {
  test.each([
    ['an older version of Azure', olderAzure],
    ['Mistral', mistral],
  ])('%s gets max_tokens, and is asked in its own words from then on', async (_server, rule) => {
    service.refuse(rule);
    service.plan({ text: 'Hello.' }, { text: 'Hello again.' });
    const { model, lines } = modelAt(service, { turnTokens: 700 });
    await expect(model.complete(request, patient)).resolves.toMatchObject({ text: 'Hello.' });
    await expect(model.complete(request, patient)).resolves.toMatchObject({ text: 'Hello again.' });
    expect(service.chats().map((body) => [body.max_completion_tokens, body.max_tokens])).toEqual([
      [700, undefined],
      [undefined, 700],
      [undefined, 700],
    ]);
    expect(lines).toMatchObject([
      { level: 'warn', message: 'language model knows less', fields: { limit: 'max_tokens' } },
    ]);
  });

  test('a value that is refused is not sent again under another name', async () => {
    service.refuse(() =>
      azureSays('max_completion_tokens is too large: 20000. This model supports at most 16384.'),
    );
    const { model, lines } = modelAt(service);
    await expect(model.complete(request, patient)).rejects.toThrow('cannot be used with these settings');
    expect(service.requests).toHaveLength(1);
    expect(lines).toMatchObject([{ fields: { refused: 'max_completion_tokens' } }]);
  });

  test('a server that knows neither name is told of once each', async () => {
    service.refuse((body) =>
      azureSays(`Unknown argument: ${'max_tokens' in body ? 'max_tokens' : 'max_completion_tokens'}`),
    );
    await expect(modelAt(service).model.complete(request, patient)).rejects.toThrow('cannot be used');
    expect(service.requests).toHaveLength(2);
  });

  test('the settings reach the server: tokens of a turn, and how much to think', async () => {
    service.plan({ text: 'Hello.' });
    const { chat } = await openModels(
      {
        kind: 'compatible',
        baseUrl: service.baseUrl,
        chatModel: 'thinker',
        turnTokens: 16_000,
        reasoningEffort: 'low',
      },
      contoso.offlinePlans,
    );
    await chat.complete(request, patient);
    expect(service.chats()[0]).toMatchObject({ max_completion_tokens: 16_000, reasoning_effort: 'low' });
  });

  test('how much to think is not sent unless it is set', async () => {
    service.plan({ text: 'Hello.' });
    await modelAt(service).model.complete(request, patient);
    expect(service.chats()[0]).not.toHaveProperty('reasoning_effort');
  });
});
