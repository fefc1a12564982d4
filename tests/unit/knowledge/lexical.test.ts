import { describe, expect, test } from 'vitest';
import type { KnowledgeDocument } from '#contoso/rules/model';
import { createKnowledgeSearch, lexicalRanker } from '#platform/knowledge/lexical';

function document(slug: string, title: string, content: string): KnowledgeDocument {
  return { slug, title, content, doc_type: 'policy' };
}

const documents: readonly KnowledgeDocument[] = [
  document('returns', 'Returns', 'Goods may come back within thirty days; refunds follow.'),
  document('roaming', 'Roaming abroad', 'Activate before departure.'),
  document('fees', 'Fees', 'A fee for roaming is charged once.'),
];

const search = createKnowledgeSearch({ documents: async () => documents });

describe('an answer', () => {
  test('holds whole documents, best first, with a score, and says how they were found', async () => {
    const { mode, documents: hits } = await search.search('roaming', 3);
    expect(mode).toBe('lexical');
    expect(hits.map((hit) => hit.slug)).toEqual(['roaming', 'fees']);
    expect(hits[0]).toMatchObject({ ...documents[1], score: expect.any(Number) });
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 0);
  });

  test('is no longer than asked for', async () => {
    expect((await search.search('roaming', 1)).documents).toHaveLength(1);
  });

  test.each([
    ['another form of the word', 'refunded'],
    ['capitals and accents', 'RÉFUNDS'],
    ['a wrong letter in a long word', 'departune'],
  ])('is found by %s', async (_how, query) => {
    expect((await search.search(query, 3)).documents).toHaveLength(1);
  });
});

describe('a query without a match gets nothing rather than arbitrary documents', () => {
  test.each([
    ['empty', ''],
    ['blank', '   '],
    ['only stop words', 'what is the and of it'],
    ['only punctuation', "?!… -- ' or '1'='1"],
    ['unknown words', 'quantum chromodynamics'],
    ['the wildcard of search languages', '*'],
    ['names of object members', '__proto__ constructor toString'],
  ])('%s', async (_case, query) => {
    expect((await search.search(query, 3)).documents).toEqual([]);
  });

  test('no documents at all', async () => {
    expect(await lexicalRanker.rank('roaming', [], 3)).toEqual([]);
  });
});

describe('the index', () => {
  /** Documents that count how often their text is read. */
  function countingDocuments(): { documents: KnowledgeDocument[]; reads: () => number } {
    let reads = 0;
    const counting = documents.map((each) => ({
      ...each,
      get content() {
        reads += 1;
        return each.content;
      },
    }));
    return { documents: counting, reads: () => reads };
  }

  test('is built once for an array of documents: a query that matches nothing reads no text again', async () => {
    const counting = countingDocuments();
    await lexicalRanker.rank('nothing-of-this', counting.documents, 3);
    const built = counting.reads();
    expect(built).toBeGreaterThan(0);
    await lexicalRanker.rank('nothing-of-that', counting.documents, 3);
    expect(counting.reads()).toBe(built);
  });

  test('is built anew for another array, so that changed documents are found', async () => {
    const changed = [document('new', 'Satellite', 'Phones in space.')];
    let current = documents;
    const changing = createKnowledgeSearch({ documents: async () => current });
    expect((await changing.search('satellite', 3)).documents).toEqual([]);
    current = changed;
    expect((await changing.search('satellite', 3)).documents.map((hit) => hit.slug)).toEqual(['new']);
    expect((await changing.search('roaming', 3)).documents).toEqual([]);
  });
});
