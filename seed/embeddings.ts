import type { KnowledgeDocument } from '../shared/contoso/model.ts';
import { openModels } from '../shared/experts/models/open-models.ts';
import type { TenantId } from '../shared/identity/tenant.ts';
import { embedDocuments } from '../shared/knowledge/embed-documents.ts';
import type { Embeddings } from '../shared/knowledge/embeddings.ts';
import { readModel } from '../shared/settings/model.ts';
import type { Environment } from '../shared/settings/read.ts';
import type { Storage } from '../shared/storage/connect.ts';
import { tableName } from '../shared/storage/tables.ts';
import { writeVectors } from '../shared/storage/vector-store.ts';
import type { Logger } from '../shared/telemetry/log.ts';

/** Milliseconds for all documents of a tenant. */
const patience = 120_000;

/**
 * The embedding model that is configured; undefined when none is.
 * @param logger is told what its server refuses
 * @throws SettingsError when its settings are wrong
 */
export async function openEmbeddings(env: Environment, logger: Logger): Promise<Embeddings | undefined> {
  return (await openModels(readModel(env), logger)).embeddings;
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
  const vectors = await embedDocuments(documents, embeddings, AbortSignal.timeout(patience));
  await writeVectors(storage.table(tableName(tenant, 'Knowledge')), vectors);
  return vectors.length;
}
