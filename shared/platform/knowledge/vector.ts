import { LeastRecentlyUsed } from '../caching/lru.ts';
import type { StoredVector } from '../storage/vector-store.ts';
import { digestOf } from './embed-documents.ts';
import type { Embeddings } from './embeddings.ts';
import type { Ranker } from './ranker.ts';

/** Queries whose vectors are kept: the same questions come again and again, and each costs a request. */
const keptQueries = 500;
/** Longest time that a search waits for the vector of its query, in milliseconds. */
const queryMilliseconds = 5_000;
/** Cosine under which a document has nothing to do with the query; fits the text-embedding-3 models. */
const leastSimilarity = 0.2;

/**
 * Ranks by meaning: the cosine between the vectors of query and document. Documents without a vector of this model and
 * of their present text are left out.
 * @throws Unavailable, from `rank`, when the query's vector cannot be had
 */
export function vectorRanker(
  embeddings: Embeddings,
  vectors: () => Promise<readonly StoredVector[]>,
): Ranker {
  const queryVector = cachedQueries(embeddings);
  return {
    mode: 'vector',
    async rank(query, documents, limit) {
      const bySlug = new Map((await vectors()).map((stored) => [stored.slug, stored]));
      const usable = documents.flatMap((document) => {
        const stored = bySlug.get(document.slug);
        const fits = stored?.model === embeddings.model && stored.digest === digestOf(document);
        return fits ? [{ document, vector: stored.vector }] : [];
      });
      if (usable.length === 0) {
        return [];
      }
      const wanted = await queryVector(query);
      return usable
        .map(({ document, vector }) => ({ ...document, score: cosine(wanted, vector) }))
        .filter(({ score }) => score >= leastSimilarity)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
  };
}

function cachedQueries(embeddings: Embeddings): (query: string) => Promise<Float32Array> {
  const kept = new LeastRecentlyUsed<string, Float32Array>(keptQueries);
  return async (query) => {
    const known = kept.get(query);
    if (known !== undefined) {
      return known;
    }
    const [made = []] = await embeddings.embed([query], AbortSignal.timeout(queryMilliseconds));
    const vector = Float32Array.from(made);
    kept.set(query, vector);
    return vector;
  };
}

/** From -1 to 1; 0 when one of the vectors is nothing or they have different lengths. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    return 0;
  }
  let dot = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (const [place, value] of a.entries()) {
    const other = b[place] ?? 0;
    dot += value * other;
    squaresOfA += value * value;
    squaresOfB += other * other;
  }
  const lengths = Math.sqrt(squaresOfA * squaresOfB);
  return lengths === 0 ? 0 : dot / lengths;
}
