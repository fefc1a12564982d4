import { beforeAll, expect, test } from 'vitest';
import { searchKnowledgeBase } from '#contoso/tools/knowledge/search-knowledge-base';
import { InvalidInput } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('finds the document that fits, best first, with a score', async () => {
  const { documents, mode } = await company.ask(searchKnowledgeBase, { query: 'refund after a return' });
  expect(mode).toBe('lexical');
  expect(documents[0]).toEqual({
    title: 'Return Policy',
    doc_type: 'policy',
    content: 'Goods can be returned within 30 days. The refund takes 7 to 10 business days.',
    score: expect.any(Number),
  });
});

test('finds nothing, rather than anything, when no document fits', async () => {
  const result = await company.ask(searchKnowledgeBase, { query: 'zzyzx' });
  expect(result.documents).toEqual([]);
  expect(searchKnowledgeBase.summary(result)).toBe('No document fits the question; try other key words.');
});

test('returns no more than asked for', async () => {
  const { documents } = await company.ask(searchKnowledgeBase, { query: 'return identity', topk: 1 });
  expect(documents).toHaveLength(1);
});

test.each([
  { query: '' },
  { query: 'a\u0000b' },
  { query: 'x'.repeat(501) },
  { query: 'refund', topk: 11 },
  { query: 'refund', topk: 0 },
])('refuses %j', async (args) => {
  expect(await company.refusal(searchKnowledgeBase, args)).toBeInstanceOf(InvalidInput);
});
