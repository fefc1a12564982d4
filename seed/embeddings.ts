import { contoso } from '#contoso/business';
import type { KnowledgeDocument } from '#contoso/rules/model';
import { openModels } from '#platform/experts/models/open-models';
import type { TenantId } from '#platform/identity/tenant';
import { embedDocuments } from '#platform/knowledge/embed-documents';
import type { Embeddings } from '#platform/knowledge/embeddings';
import { readModel } from '#platform/settings/model';
import type { Environment } from '#platform/settings/read';
import type { Storage } from '#platform/storage/connect';
import { tableName } from '#platform/storage/tables';
import { writeVectors } from '#platform/storage/vector-store';
import type { Logger } from '#platform/telemetry/log';

/** Milliseconds for all documents of a tenant. */
const embeddingTimeoutMs = 120_000;

/**
 * The embedding model that is configured; undefined when none is.
 * @param logger is told what its server refuses
 * @throws SettingsError when its settings are wrong
 */
export async function openEmbeddings(env: Environment, logger: Logger): Promise<Embeddings | undefined> {
  return (await openModels(readModel(env), contoso.offlinePlans, logger)).embeddings;
}

/**
 * Stores the vectors of a tenant's documents; search is by words alone without.
 * @returns how many
 * @throws Unavailable when the model does not answer
 */
export async function storeEmbeddings(
  storage: Storage,
  tenant: TenantId,
  documents: readonly KnowledgeDocument[],
  embeddings: Embeddings,
): Promise<number> {
  const vectors = await embedDocuments(documents, embeddings, AbortSignal.timeout(embeddingTimeoutMs));
  await writeVectors(storage.table(tableName(tenant, 'Knowledge')), vectors);
  return vectors.length;
}
