import { once } from '../../caching/once.ts';
import type { Embeddings } from '../../knowledge/embeddings.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { ChatModel } from '../ports.ts';
import type { OfflinePlans } from './offline/offline-model.ts';
import type { ModelOptions } from './options.ts';

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
    return { chat: offlineChat(plans), embeddings: undefined };
  }
  // Loaded only here: without a model nothing needs the library.
  const { openServers } = await import('./open-servers.ts');
  return await openServers(options, logger);
}

/** Loaded with the first question: whoever has a language model needs none of it, and a new process lists its tools without. */
function offlineChat(plans: () => Promise<OfflinePlans>): ChatModel {
  const model = once(async () => {
    const { offlineModel } = await import('./offline/loaded.ts');
    return offlineModel(await plans());
  });
  return { complete: async (...asked) => (await model()).complete(...asked) };
}
