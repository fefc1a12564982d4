import type { KeyRing } from '../../key-ring.ts';

/** How much a model that reasons thinks before it answers. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** The protocols in which a model can be asked: Chat Completions and the Responses API. */
export const modelApis = ['chat', 'responses'] as const;
export type ModelApi = (typeof modelApis)[number];

/** Enough for every answer of a model that does not reason. */
export const defaultTurnTokens = 4_000;

/** What is asked of a chat model, whoever runs it. */
export interface TurnOptions {
  /** Most tokens that one turn may write, those that the model thinks among them. */
  readonly turnTokens?: number;
  /** The server's own default when left out; only models that reason know it. */
  readonly reasoningEffort?: ReasoningEffort;
  /** `chat` when left out. */
  readonly api?: ModelApi;
}

/** A deployment of Azure OpenAI. */
export interface AzureModelOptions extends TurnOptions {
  readonly kind: 'azure';
  /** Of the resource, such as `https://NAME.openai.azure.com`. */
  readonly endpoint: string;
  /** `v1`, or a dated version such as `2024-10-21`. */
  readonly apiVersion: string;
  /** The first one is shown, and the next where that is refused. Without any, the managed identity (or whatever else `DefaultAzureCredential` finds) is used. */
  readonly apiKeys?: KeyRing;
  /** For which token, and of which Entra ID; that of the public cloud when left out. */
  readonly identity?: { readonly scope: string; readonly authority: string };
  readonly chatDeployment: string;
  /** Asked while the first one is busy. */
  readonly second?: Omit<AzureModelOptions, 'second'>;
  /** Without it, search over the documents is lexical. */
  readonly embeddingDeployment?: string;
}

/** Any server that speaks the OpenAI protocol. */
export interface CompatibleModelOptions extends TurnOptions {
  readonly kind: 'compatible';
  /** Up to and including the version, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly apiKeys?: KeyRing;
  readonly chatModel: string;
  /** Asked while the first one is busy. */
  readonly second?: Omit<CompatibleModelOptions, 'second'>;
  readonly embeddingModel?: string;
}

/** Who runs a model, in the words of the OpenTelemetry conventions for generative AI (`gen_ai.provider.name`). */
export type ModelProvider = 'azure.ai.openai' | 'openai';

export type ModelOptions = AzureModelOptions | CompatibleModelOptions | { readonly kind: 'offline' };
