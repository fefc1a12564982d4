import {
  type AzureModelOptions,
  defaultTurnTokens,
  type ModelOptions,
  modelApis,
  reasoningEfforts,
  type TurnOptions,
} from '../experts/models/options.ts';
import { cloudOfAuthority, cloudOfHost, clouds } from '../identity/clouds.ts';
import type { KeyRing } from '../key-ring.ts';
import { keyRing } from './keys.ts';
import { azureResource, compatibleBase } from './model-address.ts';
import { choice, type Environment, integer, SettingsError, text } from './read.ts';

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
  if (azure !== undefined) {
    return readAzure(env, azure);
  }
  return compatible === undefined ? { kind: 'offline' } : readCompatible(env, compatible);
}

function readAzure(env: Environment, endpoint: string): ModelOptions {
  const chatDeployment = needed(
    env,
    'AZURE_OPENAI_CHAT_DEPLOYMENT',
    'AZURE_OPENAI_ENDPOINT',
    'the name of a chat deployment',
  );
  const resource = azureResource('AZURE_OPENAI_ENDPOINT', endpoint, chatDeployment);
  const apiVersion = readApiVersion(env);
  const turn = readTurn(env);
  if (turn.api === 'responses' && apiVersion !== 'v1') {
    throw new SettingsError(
      `MODEL_API is "responses", which AZURE_OPENAI_API_VERSION "${apiVersion}" does not have; leave the version out.`,
    );
  }
  const first = {
    kind: 'azure',
    endpoint: resource,
    apiVersion,
    chatDeployment,
    ...access(env, resource, keyRing(env, 'AZURE_OPENAI_API_KEY')),
    ...given('embeddingDeployment', text(env, 'AZURE_OPENAI_EMBEDDING_DEPLOYMENT')),
    ...turn,
  } as const;
  const second = readSecondAzure(env, first);
  return second === undefined ? first : { ...first, second };
}

/** At another resource it has a key of its own, or none: that of the first is not sent there. */
function readSecondAzure(env: Environment, first: AzureModelOptions): AzureModelOptions | undefined {
  const endpoint = text(env, 'AZURE_OPENAI_SECOND_ENDPOINT');
  const name = 'AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT';
  const chatDeployment = text(env, name);
  if (chatDeployment === undefined) {
    if (endpoint !== undefined) {
      needed(env, name, 'AZURE_OPENAI_SECOND_ENDPOINT', 'the name of a chat deployment');
    }
    return undefined;
  }
  if (endpoint === undefined) {
    refuseSame(name, chatDeployment, first.chatDeployment);
    return { ...first, chatDeployment };
  }
  const resource = azureResource('AZURE_OPENAI_SECOND_ENDPOINT', endpoint, chatDeployment);
  const { apiKeys: _keys, identity: _identity, ...rest } = first;
  const keys = keyRing(env, 'AZURE_OPENAI_SECOND_API_KEY');
  return { ...rest, endpoint: resource, chatDeployment, ...access(env, resource, keys) };
}

function refuseSame(name: string, second: string, first: string): void {
  if (second === first) {
    throw new SettingsError(`${name} is "${second}", which is the first one; name another, or leave it out.`);
  }
}

function access(env: Environment, resource: string, apiKeys: KeyRing | undefined) {
  return apiKeys === undefined ? { identity: readIdentity(env, resource) } : { apiKeys };
}

/**
 * The token that the app's identity needs: of the cloud that the resource lies in. An address that does not tell, such
 * as that of a gateway, is taken to lie where callers sign in.
 */
function readIdentity(env: Environment, resource: string): { scope: string; authority: string } {
  const { hostname } = new URL(resource);
  const home = cloudOfAuthority(text(env, 'AUTHORITY') ?? clouds.public.authority);
  const { name, authority, modelScope: scope } = cloudOfHost(hostname) ?? home ?? clouds.public;
  if (scope === undefined) {
    throw new SettingsError(
      `AZURE_OPENAI_ENDPOINT is taken to lie in ${name}, for whose models no token is known; set AZURE_OPENAI_API_KEY, or OPENAI_BASE_URL for another model.`,
    );
  }
  return { scope, authority };
}

function readCompatible(env: Environment, baseUrl: string): ModelOptions {
  const apiKeys = keyRing(env, 'OPENAI_API_KEY');
  const first = {
    kind: 'compatible',
    baseUrl: compatibleBase('OPENAI_BASE_URL', baseUrl),
    chatModel: needed(env, 'OPENAI_CHAT_MODEL', 'OPENAI_BASE_URL', 'the name of a chat model'),
    ...(apiKeys && { apiKeys }),
    ...given('embeddingModel', text(env, 'OPENAI_EMBEDDING_MODEL')),
    ...readTurn(env),
  } as const;
  const chatModel = text(env, 'OPENAI_SECOND_CHAT_MODEL');
  if (chatModel === undefined) {
    return first;
  }
  refuseSame('OPENAI_SECOND_CHAT_MODEL', chatModel, first.chatModel);
  return { ...first, second: { ...first, chatModel } };
}

/**
 * In which protocol, and how much. What a model that reasons thinks counts as written: it may need more than others, or
 * think less.
 */
function readTurn(env: Environment): TurnOptions {
  const reasoningEffort = choice(env, 'MODEL_REASONING_EFFORT', reasoningEfforts);
  const api = choice(env, 'MODEL_API', modelApis);
  return {
    ...(api === undefined ? {} : { api }),
    turnTokens: integer(env, 'MODEL_TURN_TOKENS', {
      least: 500,
      most: 100_000,
      otherwise: defaultTurnTokens,
    }),
    ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
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

function needed(env: Environment, name: string, because: string, what: string): string {
  const value = text(env, name);
  if (value === undefined) {
    throw new SettingsError(`${name} is not set although ${because} is; it must be ${what}.`);
  }
  return value;
}

/** An optional property: absent when there is no value. */
function given<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string });
}
