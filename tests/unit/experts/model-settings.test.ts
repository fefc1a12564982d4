import { expect, test } from 'vitest';
import { readModel } from '#platform/settings/model';
import { SettingsError } from '#platform/settings/read';
import { publicIdentity } from './cloud-identities.ts';
import { azure, other, resource } from './model-servers.ts';

test('nothing set means the offline playbooks', () => {
  expect(readModel({ AZURE_OPENAI_ENDPOINT: ' ' })).toEqual({ kind: 'offline' });
});

test('Azure OpenAI, with the managed identity and the v1 endpoint unless told otherwise', () => {
  expect(readModel(azure)).toEqual({
    kind: 'azure',
    endpoint: 'https://x.openai.azure.com',
    apiVersion: 'v1',
    chatDeployment: 'gpt',
    identity: publicIdentity,
    turnTokens: 4_000,
  });
  const more = {
    AZURE_OPENAI_API_KEY: 'key',
    AZURE_OPENAI_API_VERSION: '2024-10-21',
    AZURE_OPENAI_EMBEDDING_DEPLOYMENT: 'embed',
  };
  expect(readModel({ ...azure, ...more })).toMatchObject({
    apiKeys: ['key'],
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

const foundry = 'https://x.services.ai.azure.com';

test.each([
  [`${resource}/`, resource],
  [`${resource}/openai`, resource],
  [`${resource}/openai/v1`, resource],
  [`${resource}/openai/v1/`, resource],
  [`${resource}/openai/v1/chat/completions`, resource],
  [`${resource}/openai/deployments/gpt`, resource],
  [`${resource}/openai/deployments/gpt/chat/completions?api-version=2025-01-01-preview`, resource],
  [`${resource}/openai/deployments/embed/embeddings?api-version=2023-05-15`, resource],
  [`${foundry}/api/projects/my-project`, foundry],
  [`${foundry}/api/projects/my-project/openai/v1`, foundry],
  [`${foundry}/models`, foundry],
  ['https://x.cognitiveservices.azure.com/', 'https://x.cognitiveservices.azure.com'],
  ['https://gateway.example.com/models-of-ours/openai/v1', 'https://gateway.example.com/models-of-ours'],
  ['https://x.azure-api.net/ai/openai', 'https://x.azure-api.net/ai'],
])('AZURE_OPENAI_ENDPOINT %s is the resource %s', (endpoint, expected) => {
  expect(readModel({ ...azure, AZURE_OPENAI_ENDPOINT: endpoint })).toMatchObject({ endpoint: expected });
});

test.each([
  ['http://127.0.0.1:11434/v1/', 'http://127.0.0.1:11434/v1'],
  ['http://127.0.0.1:11434/v1/chat/completions', 'http://127.0.0.1:11434/v1'],
  ['https://models.example.com/v1/embeddings', 'https://models.example.com/v1'],
  ['https://models.example.com/v1beta/openai/', 'https://models.example.com/v1beta/openai'],
  ['https://models.example.com/api/v1', 'https://models.example.com/api/v1'],
  ['https://x.openai.azure.com/openai/v1', 'https://x.openai.azure.com/openai/v1'],
])('OPENAI_BASE_URL %s is %s', (base, expected) => {
  expect(readModel({ OPENAI_BASE_URL: base, OPENAI_CHAT_MODEL: 'm' })).toMatchObject({ baseUrl: expected });
});

test.each([
  ['such as https://NAME.openai.azure.com', { ...azure, AZURE_OPENAI_ENDPOINT: `${resource}/gpt` }],
  ['such as https://NAME.openai.azure.com', { ...azure, AZURE_OPENAI_ENDPOINT: `${resource}/?key=1` }],
  [
    'names the deployment another, and AZURE_OPENAI_CHAT_DEPLOYMENT is "gpt"',
    { ...azure, AZURE_OPENAI_ENDPOINT: `${resource}/openai/deployments/another` },
  ],
  ['such as http://127.0.0.1:11434/v1', other('http://127.0.0.1:11434')],
  ['such as http://127.0.0.1:11434/v1', other('http://127.0.0.1:11434/api/chat')],
  ['such as https://models.example.com/v1', other('https://models.example.com/chat/completions')],
  ['such as https://models.example.com/v1', other('https://models.example.com/v1?key=1')],
  [`set AZURE_OPENAI_ENDPOINT=${resource}`, other(`${resource}/openai/deployments/gpt/chat/completions`)],
])('an address that cannot be meant is refused with the right form: %s', (message, env) => {
  expect(() => readModel(env)).toThrow(SettingsError);
  expect(() => readModel(env)).toThrow(message);
});

test('a password in an address is not repeated', () => {
  const env = other('https://somebody:hunter2@models.example.com/v1');
  expect(() => readModel(env)).toThrow(/^OPENAI_BASE_URL has a user in it; it must be/);
});

test('a model that reasons can be given more tokens, or less to think', () => {
  const env = { MODEL_TURN_TOKENS: '16000', MODEL_REASONING_EFFORT: 'low' };
  const other = { OPENAI_BASE_URL: 'https://y.example.com/v1', OPENAI_CHAT_MODEL: 'o' };
  expect(readModel({ ...azure, ...env })).toMatchObject({ turnTokens: 16_000, reasoningEffort: 'low' });
  expect(readModel({ ...other, ...env })).toMatchObject({ turnTokens: 16_000, reasoningEffort: 'low' });
});

test.each([azure, other('https://y.example.com/v1')])('the API of the model is chosen', (env) => {
  expect(readModel({ ...env, MODEL_API: 'responses' })).toMatchObject({ api: 'responses' });
});
