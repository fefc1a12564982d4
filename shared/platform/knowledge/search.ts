import type { KnowledgeDocument } from './document.ts';

export interface KnowledgeHit extends KnowledgeDocument {
  /** Higher is more relevant; comparable within one answer only. */
  readonly score: number;
}

/** Search over the policy documents of one tenant. */
export interface KnowledgeSearch {
  search(
    query: string,
    topk: number,
  ): Promise<{ mode: 'lexical' | 'vector' | 'hybrid'; documents: KnowledgeHit[] }>;
}
