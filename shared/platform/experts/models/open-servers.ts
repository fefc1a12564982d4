import type { Logger } from '../../telemetry/log.ts';
import { azureClient, compatibleClient } from './client.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { defaultSending } from './openai-model.ts';
import type { ModelApi, ModelOptions, ModelProvider } from './options.ts';
import type { SendOptions } from './send.ts';
import { withSecond } from './with-second.ts';

type ServerOptions = Exclude<ModelOptions, { readonly kind: 'offline' }>;

/** Opens the models of a server; those of the second one, too, where there is one. */
export async function openServers(options: ServerOptions, logger: Logger | undefined) {
  const { chat, embeddings } = await openServer(options, logger);
  if (options.second === undefined) {
    return { chat: chat(), embeddings };
  }
  const second = await openServer(options.second, logger);
  return { chat: withSecond(chat({ ...defaultSending, attempts: 1 }), second.chat()), embeddings };
}

async function openServer(options: ServerOptions, logger: Logger | undefined) {
  const chatModel = await modelOf(options.api);
  const isAzure = options.kind === 'azure';
  const client = isAzure ? azureClient(options) : compatibleClient(options);
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
