import type { KnowledgeDocument } from './document.ts';
import type { KnowledgeHit } from './search.ts';

/** One way of ordering documents by how well they answer a query. */
export interface Ranker {
  readonly mode: 'lexical' | 'vector';
  /**
   * The best `limit` documents at most, best first; documents that do not match at all are left out.
   * The same array of documents stands for the same texts, so that an index can be kept for it.
   */
  rank(query: string, documents: readonly KnowledgeDocument[], limit: number): Promise<KnowledgeHit[]>;
}
