import type MiniSearch from 'minisearch';
import type { SearchResult } from 'minisearch';
import type { KnowledgeDocument, KnowledgeStore } from './document.ts';
import type { Ranker } from './ranker.ts';
import type { KnowledgeHit, KnowledgeSearch } from './search.ts';
import { toTerm } from './terms.ts';

/** A word in the title says more about the topic than the same word somewhere in the text. */
const titleBoost = 2;

/** Terms from this length on also match with one letter wrong: shorter ones would match other words. */
const shortestMisspeltTerm = 6;

interface Index {
  readonly words: MiniSearch<KnowledgeDocument>;
  readonly bySlug: ReadonlyMap<string, KnowledgeDocument>;
}

/** One index for each array of documents, for as long as the store hands that array out. */
const indexes = new WeakMap<readonly KnowledgeDocument[], Index>();

/** Ranks by the words that query and document share (BM25+), compared by their stems. */
export const lexicalRanker: Ranker = {
  mode: 'lexical',
  async rank(query, documents, limit) {
    const { words, bySlug } = await indexOf(documents);
    return words
      .search(query)
      .slice(0, limit)
      .flatMap((result) => toHit(result, bySlug));
  },
};

/** Search over the documents of a tenant; a query that matches nothing gets an empty list. */
export function createKnowledgeSearch(store: KnowledgeStore): KnowledgeSearch {
  return {
    async search(query, topk) {
      return {
        mode: lexicalRanker.mode,
        documents: await lexicalRanker.rank(query, await store.documents(), topk),
      };
    },
  };
}

async function indexOf(documents: readonly KnowledgeDocument[]): Promise<Index> {
  const known = indexes.get(documents);
  if (known !== undefined) {
    return known;
  }
  const index = await buildIndex(documents);
  indexes.set(documents, index);
  return index;
}

async function buildIndex(documents: readonly KnowledgeDocument[]): Promise<Index> {
  // not at the start: most instances are asked for something else first
  const { default: Search } = await import('minisearch');
  const words = new Search<KnowledgeDocument>({
    idField: 'slug',
    fields: ['title', 'content'],
    processTerm: toTerm,
    searchOptions: {
      boost: { title: titleBoost },
      fuzzy: (term) => (term.length < shortestMisspeltTerm ? false : 1),
    },
  });
  words.addAll(documents);
  return { words, bySlug: new Map(documents.map((document) => [document.slug, document])) };
}

function toHit({ id, score }: SearchResult, bySlug: ReadonlyMap<string, KnowledgeDocument>): KnowledgeHit[] {
  const document = bySlug.get(id);
  return document === undefined ? [] : [{ ...document, score }];
}
