import { expect, test } from 'vitest';
import { readModel } from '../../../shared/settings/model.ts';
import { SettingsError } from '../../../shared/settings/read.ts';

const azure = { AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com', AZURE_OPENAI_CHAT_DEPLOYMENT: 'gpt' };

test('nothing set means the offline playbooks', () => {
  expect(readModel({ AZURE_OPENAI_ENDPOINT: ' ' })).toEqual({ kind: 'offline' });
});

test('Azure OpenAI, with the managed identity and the v1 endpoint unless told otherwise', () => {
  expect(readModel(azure)).toEqual({
    kind: 'azure',
    endpoint: 'https://x.openai.azure.com',
    apiVersion: 'v1',
    chatDeployment: 'gpt',
    turnTokens: 4_000,
  });
  const more = {
    AZURE_OPENAI_API_KEY: 'key',
    AZURE_OPENAI_API_VERSION: '2024-10-21',
    AZURE_OPENAI_EMBEDDING_DEPLOYMENT: 'embed',
  };
  expect(readModel({ ...azure, ...more })).toMatchObject({
    apiKey: 'key',
    apiVersion: '2024-10-21',
    embeddingDeployment: 'embed',
  });
});

test('any other server by its address', () => {
  const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_CHAT_MODEL: 'llama' };
  expect(readModel(env)).toEqual({
    kind: 'compatible',
    baseUrl: 'http://127.0.0.1:11434/v1',
    chatModel: 'llama',
    turnTokens: 4_000,
  });
});

test('a model that reasons can be given more tokens, or less to think', () => {
  const env = { MODEL_TURN_TOKENS: '16000', MODEL_REASONING_EFFORT: 'low' };
  const other = { OPENAI_BASE_URL: 'https://y.example.com/v1', OPENAI_CHAT_MODEL: 'o' };
  expect(readModel({ ...azure, ...env })).toMatchObject({ turnTokens: 16_000, reasoningEffort: 'low' });
  expect(readModel({ ...other, ...env })).toMatchObject({ turnTokens: 16_000, reasoningEffort: 'low' });
});

test.each([
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
