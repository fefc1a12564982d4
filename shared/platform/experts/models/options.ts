/** A deployment of Azure OpenAI. */
export interface AzureModelOptions {
  readonly kind: 'azure';
  /** Such as `https://NAME.openai.azure.com`. */
  readonly endpoint: string;
  /** `v1`, or a dated version such as `2024-10-21`. */
  readonly apiVersion: string;
  /** Without it, the managed identity (or whatever else `DefaultAzureCredential` finds) is used. */
  readonly apiKey?: string;
  readonly chatDeployment: string;
  /** Without it, search over the documents is lexical. */
  readonly embeddingDeployment?: string;
}

/** Any server that speaks the OpenAI protocol. */
export interface CompatibleModelOptions {
  readonly kind: 'compatible';
  /** Up to and including the version, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly chatModel: string;
  readonly embeddingModel?: string;
}

/** Who runs a model, in the words of the OpenTelemetry conventions for generative AI (`gen_ai.provider.name`). */
export type ModelProvider = 'azure.ai.openai' | 'openai';

export type ModelOptions = AzureModelOptions | CompatibleModelOptions | { readonly kind: 'offline' };
