import { createHash } from 'node:crypto';
import type { StoredVector } from '../storage/vector-store.ts';
import type { KnowledgeDocument } from './document.ts';
import type { Embeddings } from './embeddings.ts';

/** Texts of one request; services take more, but not all of them much more. */
const batchSize = 16;

/** The vectors of documents, to be stored when documents are loaded. @throws Unavailable when the service fails */
export async function embedDocuments(
  documents: readonly KnowledgeDocument[],
  embeddings: Embeddings,
  signal: AbortSignal,
): Promise<StoredVector[]> {
  const vectors: StoredVector[] = [];
  for (let start = 0; start < documents.length; start += batchSize) {
    const batch = documents.slice(start, start + batchSize);
    const made = await embeddings.embed(batch.map(embeddedText), signal);
    vectors.push(
      ...batch.map((document, place) => ({
        slug: document.slug,
        model: embeddings.model,
        digest: digestOf(document),
        vector: Float32Array.from(made[place] ?? []),
      })),
    );
  }
  return vectors;
}

/** Tells whether a vector still stands for its document. */
export function digestOf(document: KnowledgeDocument): string {
  return createHash('sha256').update(embeddedText(document)).digest('base64url');
}

function embeddedText({ title, content }: KnowledgeDocument): string {
  return `${title}\n\n${content}`;
}
