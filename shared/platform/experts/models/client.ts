import OpenAI, { AzureOpenAI } from 'openai';
import { clouds } from '../../identity/clouds.ts';
import { serviceTokens } from '../../identity/service-tokens.ts';
import type { KeyRing } from '../../key-ring.ts';
import { tracedFetch } from '../../telemetry/trace-context.ts';
import type { AzureModelOptions, CompatibleModelOptions } from './options.ts';
import { wholeAnswers } from './wire/whole-answers.ts';
import { withKeys } from './wire/with-keys.ts';

/**
 * What every client has in common. Retries and time limits are ours (`send.ts`): the library waits as long as a
 * Retry-After header says. Nothing is taken from the environment, and nothing is logged.
 */
const common = {
  fetch: wholeAnswers(tracedFetch),
  maxRetries: 0,
  organization: null,
  project: null,
  logLevel: 'off',
} as const;

/** A client for Azure OpenAI: its v1 endpoint, or a dated version of the older one; with a key or an identity. */
export function azureClient({ endpoint, apiVersion, apiKeys, identity }: AzureModelOptions): OpenAI {
  const base = endpoint.replace(/\/+$/, '');
  if (apiVersion === 'v1') {
    return new OpenAI({
      ...common,
      ...shown(apiKeys),
      baseURL: `${base}/openai/v1`,
      apiKey: apiKeys?.[0] ?? identityTokens(identity),
    });
  }
  const access =
    apiKeys === undefined
      ? { azureADTokenProvider: identityTokens(identity) }
      : { ...shown(apiKeys), apiKey: apiKeys[0] };
  return new AzureOpenAI({ ...common, ...access, baseURL: `${base}/openai`, apiVersion });
}

/** A client for any server that speaks the OpenAI protocol. */
export function compatibleClient({ baseUrl, apiKeys }: CompatibleModelOptions): OpenAI {
  // The library insists on a key; servers without one do not look at it.
  return new OpenAI({ ...common, ...shown(apiKeys), baseURL: baseUrl, apiKey: apiKeys?.[0] ?? 'none' });
}

/** Several keys are shown in turn. */
function shown(apiKeys: KeyRing | undefined): { readonly fetch?: typeof fetch } {
  return apiKeys === undefined ? {} : { fetch: withKeys(common.fetch, apiKeys) };
}

const identityTokens = ({
  scope = clouds.public.modelScope,
  authority,
}: Partial<NonNullable<AzureModelOptions['identity']>> = {}) => serviceTokens(scope, authority);
