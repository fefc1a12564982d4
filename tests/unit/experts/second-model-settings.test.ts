import { describe, expect, test } from 'vitest';
import { readModel } from '#platform/settings/model';
import { SettingsError } from '#platform/settings/read';
import { publicIdentity } from './cloud-identities.ts';
import { azure, other, resource } from './model-servers.ts';

describe('a second model, asked while the first is busy', () => {
  const key = { AZURE_OPENAI_API_KEY: 'key' };
  const deployment = { AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT: 'spare' };
  const elsewhere = { ...deployment, AZURE_OPENAI_SECOND_ENDPOINT: 'https://z.openai.azure.com/openai/v1' };

  test('at the same resource, with the same key', () => {
    expect(readModel({ ...azure, ...key, ...deployment })).toMatchObject({
      chatDeployment: 'gpt',
      second: { endpoint: resource, chatDeployment: 'spare', apiKeys: ['key'] },
    });
  });

  test('at another resource, which never gets the key of the first', () => {
    const model = readModel({ ...azure, ...key, ...elsewhere });
    expect(model).toMatchObject({
      second: { endpoint: 'https://z.openai.azure.com', chatDeployment: 'spare', identity: publicIdentity },
    });
    expect('second' in model && model.second).not.toHaveProperty('apiKeys');
    const own = { AZURE_OPENAI_SECOND_API_KEY: 'its own' };
    expect(readModel({ ...azure, ...elsewhere, ...own })).toMatchObject({ second: { apiKeys: ['its own'] } });
  });

  test('at another server', () => {
    const env = { ...other('https://y.example.com/v1'), OPENAI_SECOND_CHAT_MODEL: 'spare' };
    expect(readModel(env)).toMatchObject({ second: { chatModel: 'spare' } });
  });

  test.each([
    ['which is the first one', { ...azure, AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT: 'gpt' }],
    ['which is the first one', { ...other('https://y.example.com/v1'), OPENAI_SECOND_CHAT_MODEL: 'm' }],
    [
      'AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT is not set',
      { ...azure, AZURE_OPENAI_SECOND_ENDPOINT: 'https://z.openai.azure.com' },
    ],
  ])('stops the start: %s', (message, env) => {
    expect(() => readModel(env)).toThrow(message);
  });
});

test.each([
  ['MODEL_API is "assistants"', { ...azure, MODEL_API: 'assistants' }],
  [
    'MODEL_API is "responses", which AZURE_OPENAI_API_VERSION "2024-10-21" does not have',
    { ...azure, MODEL_API: 'responses', AZURE_OPENAI_API_VERSION: '2024-10-21' },
  ],
  ['MODEL_TURN_TOKENS is "50"', { ...azure, MODEL_TURN_TOKENS: '50' }],
  ['MODEL_REASONING_EFFORT is "some"', { ...azure, MODEL_REASONING_EFFORT: 'some' }],
  ['AZURE_OPENAI_CHAT_DEPLOYMENT is not set', { AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com' }],
  ['AZURE_OPENAI_API_VERSION is "latest"', { ...azure, AZURE_OPENAI_API_VERSION: 'latest' }],
  ['AZURE_OPENAI_ENDPOINT is "x"', { ...azure, AZURE_OPENAI_ENDPOINT: 'x' }],
  [
    'AZURE_OPENAI_ENDPOINT is "http://x.example.com"',
    { ...azure, AZURE_OPENAI_ENDPOINT: 'http://x.example.com' },
  ],
  ['both set', { ...azure, OPENAI_BASE_URL: 'https://y.example.com/v1' }],
  ['OPENAI_CHAT_MODEL is not set', { OPENAI_BASE_URL: 'https://y.example.com/v1' }],
])('stops the start: %s', (message, env) => {
  expect(() => readModel(env)).toThrow(SettingsError);
  expect(() => readModel(env)).toThrow(message);
});
