import OpenAI, { AzureOpenAI } from 'openai';
import { clouds } from '../../identity/clouds.ts';
import { tracedFetch } from '../../telemetry/trace-context.ts';
import type { AzureModelOptions, CompatibleModelOptions } from './options.ts';
import { wholeAnswers } from './wire/whole-answers.ts';

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
export async function azureClient({
  endpoint,
  apiVersion,
  apiKey,
  identity,
}: AzureModelOptions): Promise<OpenAI> {
  const base = endpoint.replace(/\/+$/, '');
  if (apiVersion === 'v1') {
    return new OpenAI({
      ...common,
      baseURL: `${base}/openai/v1`,
      apiKey: apiKey ?? (await identityToken(identity)),
    });
  }
  const access = apiKey === undefined ? { azureADTokenProvider: await identityToken(identity) } : { apiKey };
  return new AzureOpenAI({ ...common, ...access, baseURL: `${base}/openai`, apiVersion });
}

/** A client for any server that speaks the OpenAI protocol. */
export function compatibleClient({ baseUrl, apiKey }: CompatibleModelOptions): OpenAI {
  // The library insists on a key; servers without one do not look at it.
  return new OpenAI({ ...common, baseURL: baseUrl, apiKey: apiKey ?? 'none' });
}

async function identityToken({
  scope = clouds.public.modelScope,
  authority = clouds.public.authority,
}: Partial<NonNullable<AzureModelOptions['identity']>> = {}): Promise<() => Promise<string>> {
  // Loaded only here: it is large, and with a key nothing needs it.
  const { DefaultAzureCredential, getBearerTokenProvider } = await import('@azure/identity');
  // Without the option the library looks into the environment, which is right for the public cloud.
  const elsewhere = authority === clouds.public.authority ? {} : { authorityHost: authority };
  return getBearerTokenProvider(new DefaultAzureCredential(elsewhere), scope);
}
