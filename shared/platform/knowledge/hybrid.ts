import type { Logger } from '../telemetry/log.ts';
import type { KnowledgeStore } from './document.ts';
import { lexicalRanker } from './lexical.ts';
import type { Ranker } from './ranker.ts';
import type { KnowledgeHit, KnowledgeSearch } from './search.ts';

/** How much a first place is worth against the next ones (G. V. Cormack et al., "Reciprocal Rank Fusion", 2009). */
const rankConstant = 60;
/** Places of each ranking that count. */
const countedPlaces = 20;

/**
 * Search by words and by meaning, the two rankings fused. When the vectors cannot be had, the words alone answer, and
 * the result says so.
 */
export function createHybridSearch(store: KnowledgeStore, vectors: Ranker, logger: Logger): KnowledgeSearch {
  return {
    async search(query, topk) {
      const documents = await store.documents();
      const [byWords, byMeaning] = await Promise.all([
        lexicalRanker.rank(query, documents, countedPlaces),
        vectors.rank(query, documents, countedPlaces).catch((error: unknown) => {
          const reason = error instanceof Error ? error.name : typeof error;
          logger.log('warn', 'search without vectors', { reason });
          return [];
        }),
      ]);
      return byMeaning.length === 0
        ? { mode: 'lexical', documents: byWords.slice(0, topk) }
        : { mode: 'hybrid', documents: fuse([byWords, byMeaning]).slice(0, topk) };
    },
  };
}

/** Reciprocal rank fusion: a document's score is the sum over the rankings of 1 / (60 + its place). Best first. */
export function fuse(rankings: readonly (readonly KnowledgeHit[])[]): KnowledgeHit[] {
  const fused = new Map<string, KnowledgeHit>();
  for (const ranking of rankings) {
    for (const [index, hit] of ranking.entries()) {
      const score = (fused.get(hit.slug)?.score ?? 0) + 1 / (rankConstant + index + 1);
      fused.set(hit.slug, { ...hit, score });
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
