import type { ModelOptions } from '../experts/models/options.ts';
import { type Environment, SettingsError, text } from './read.ts';

/**
 * Which language model the experts use. Nothing set: the offline playbooks. `AZURE_OPENAI_ENDPOINT` stands for Azure
 * OpenAI, `OPENAI_BASE_URL` for any other server that speaks its protocol.
 */
export function readModel(env: Environment): ModelOptions {
  const azure = text(env, 'AZURE_OPENAI_ENDPOINT');
  const compatible = text(env, 'OPENAI_BASE_URL');
  if (azure !== undefined && compatible !== undefined) {
    throw new SettingsError(
      'AZURE_OPENAI_ENDPOINT and OPENAI_BASE_URL are both set; keep the one of the model that experts should use.',
    );
  }
  if (azure !== undefined) return readAzure(env, azure);
  return compatible === undefined ? { kind: 'offline' } : readCompatible(env, compatible);
}

function readAzure(env: Environment, endpoint: string): ModelOptions {
  checkAddress('AZURE_OPENAI_ENDPOINT', endpoint, 'https://NAME.openai.azure.com');
  return {
    kind: 'azure',
    endpoint,
    apiVersion: readApiVersion(env),
    chatDeployment: needed(
      env,
      'AZURE_OPENAI_CHAT_DEPLOYMENT',
      'AZURE_OPENAI_ENDPOINT',
      'the name of a chat deployment',
    ),
    ...given('apiKey', text(env, 'AZURE_OPENAI_API_KEY')),
    ...given('embeddingDeployment', text(env, 'AZURE_OPENAI_EMBEDDING_DEPLOYMENT')),
  };
}

function readCompatible(env: Environment, baseUrl: string): ModelOptions {
  checkAddress('OPENAI_BASE_URL', baseUrl, 'https://models.example.com/v1');
  return {
    kind: 'compatible',
    baseUrl,
    chatModel: needed(env, 'OPENAI_CHAT_MODEL', 'OPENAI_BASE_URL', 'the name of a chat model'),
    ...given('apiKey', text(env, 'OPENAI_API_KEY')),
    ...given('embeddingModel', text(env, 'OPENAI_EMBEDDING_MODEL')),
  };
}

function readApiVersion(env: Environment): string {
  const version = text(env, 'AZURE_OPENAI_API_VERSION') ?? 'v1';
  if (!/^(?:v1|\d{4}-\d{2}-\d{2}(?:-preview)?)$/.test(version)) {
    throw new SettingsError(
      `AZURE_OPENAI_API_VERSION is "${version}"; it must be v1 or a version such as 2024-10-21.`,
    );
  }
  return version;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** What people ask, and the key, do not leave this machine unencrypted. */
function checkAddress(name: string, value: string, example: string): void {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.includes(url.hostname));
  if (!isSafe || url.search !== '' || url.username !== '') {
    throw new SettingsError(`${name} is "${value}"; it must be an address such as ${example}.`);
  }
}

function needed(env: Environment, name: string, because: string, what: string): string {
  const value = text(env, name);
  if (value === undefined)
    throw new SettingsError(`${name} is not set although ${because} is; it must be ${what}.`);
  return value;
}

/** An optional property: absent when there is no value. */
function given<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string });
}
