import type { KnowledgeDocument } from '../shared/contoso/model.ts';
import { openModels } from '../shared/experts/models/open-models.ts';
import type { TenantId } from '../shared/identity/tenant.ts';
import { embedDocuments } from '../shared/knowledge/embed-documents.ts';
import { readModel } from '../shared/settings/model.ts';
import type { Environment } from '../shared/settings/read.ts';
import type { Storage } from '../shared/storage/connect.ts';
import { tableName } from '../shared/storage/tables.ts';
import { writeVectors } from '../shared/storage/vector-store.ts';

/** Milliseconds for all documents of a tenant. */
const patience = 120_000;

/**
 * Stores the vectors of a tenant's documents, when an embedding model is configured; search is by words alone without.
 * @returns how many, or undefined when there is no embedding model
 * @throws SettingsError when the model's settings are wrong; Unavailable when the model does not answer
 */
export async function storeEmbeddings(
  storage: Storage,
  tenant: TenantId,
  documents: readonly KnowledgeDocument[],
  env: Environment,
): Promise<number | undefined> {
  const { embeddings } = await openModels(readModel(env));
  if (embeddings === undefined) return undefined;
  const vectors = await embedDocuments(documents, embeddings, AbortSignal.timeout(patience));
  await writeVectors(storage.table(tableName(tenant, 'Knowledge')), vectors);
  return vectors.length;
}
