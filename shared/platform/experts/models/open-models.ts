import type { Embeddings } from '../../knowledge/embeddings.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { ChatModel } from '../ports.ts';
import type { OfflinePlans } from './offline/offline-model.ts';
import type { ModelApi, ModelOptions, ModelProvider } from './options.ts';
import type { SendOptions } from './send.ts';

export interface Models {
  readonly chat: ChatModel;
  /** Undefined when no embedding model is configured. */
  readonly embeddings: Embeddings | undefined;
}

/**
 * Opens the models that a deployment has; sends nothing yet.
 * @param plans loads what experts do in a deployment without a language model
 * @param logger is told what their servers refuse
 */
export async function openModels(
  options: ModelOptions,
  plans: () => Promise<OfflinePlans>,
  logger?: Logger,
): Promise<Models> {
  if (options.kind === 'offline') {
    // Loaded only here: whoever has a language model needs none of it.
    const { offlineModel } = await import('./offline/offline-model.ts');
    return { chat: offlineModel(await plans()), embeddings: undefined };
  }
  const { chat, embeddings } = await openServer(options, logger);
  if (options.second === undefined) {
    return { chat: chat(), embeddings };
  }
  const { withSecond } = await import('./with-second.ts');
  const { defaultSending } = await import('./openai-model.ts');
  const second = await openServer(options.second, logger);
  return { chat: withSecond(chat({ ...defaultSending, attempts: 1 }), second.chat()), embeddings };
}

type ServerOptions = Exclude<ModelOptions, { readonly kind: 'offline' }>;

async function openServer(options: ServerOptions, logger: Logger | undefined) {
  // Loaded only here: without a model nothing needs the library.
  const { azureClient, compatibleClient } = await import('./client.ts');
  const chatModel = await modelOf(options.api);
  const { openaiEmbeddings } = await import('./openai-embeddings.ts');
  const isAzure = options.kind === 'azure';
  const client = isAzure ? await azureClient(options) : compatibleClient(options);
  const provider: ModelProvider = isAzure ? 'azure.ai.openai' : 'openai';
  const model = isAzure ? options.chatDeployment : options.chatModel;
  const embedding = isAzure ? options.embeddingDeployment : options.embeddingModel;
  const common = { ...options, structuredAnswers: isStructured(options), provider, logger };
  return {
    chat: (sending?: SendOptions) =>
      chatModel(client, model, { ...common, ...(sending !== undefined && { sending }) }),
    embeddings:
      embedding === undefined ? undefined : openaiEmbeddings(client, embedding, { provider, logger }),
  };
}

/** Loaded only here: each deployment needs one of the protocols. */
async function modelOf(api: ModelApi = 'chat') {
  return api === 'responses'
    ? (await import('./openai-responses.ts')).openaiResponsesModel
    : (await import('./openai-chat.ts')).openaiChatModel;
}

/**
 * Whether answers are held to their JSON Schema from the start. Other servers may take the schema and then not call
 * tools any more, so they are not asked for it.
 */
function isStructured(options: ServerOptions): boolean {
  return options.kind === 'azure' || new URL(options.baseUrl).hostname === 'api.openai.com';
}
