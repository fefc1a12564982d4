import type * as z from 'zod';
import { type Ask, ask } from '#platform/experts/models/offline/steps';
import { searchKnowledgeBase } from '../../tools/knowledge/search-knowledge-base.ts';

export type Found = z.output<typeof searchKnowledgeBase.output>;

/** More than are needed, because another document may fit the key words better than the one that holds the rule. */
const documentsPerSearch = 5;

export function search(query: string): Ask<Found> {
  return ask(searchKnowledgeBase, { query, topk: documentsPerSearch });
}
