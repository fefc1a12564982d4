import { expect, test } from 'vitest';
import { fuse } from '#platform/knowledge/hybrid';
import type { KnowledgeHit } from '#platform/knowledge/search';
import { cosine } from '#platform/knowledge/vector';

function hit(slug: string): KnowledgeHit {
  return { slug, title: slug, doc_type: 'policy', content: '', score: 1 };
}

test('a document that both rankings know comes before one that leads in one of them', () => {
  const fused = fuse([
    [hit('words'), hit('both')],
    [hit('meaning'), hit('both')],
  ]);
  expect(fused.map(({ slug }) => slug)).toEqual(['both', 'words', 'meaning']);
  expect(fused[0]?.score).toBeCloseTo(2 / 62);
});

test('one empty ranking leaves the other in its order', () => {
  expect(fuse([[hit('a'), hit('b')], []]).map(({ slug }) => slug)).toEqual(['a', 'b']);
});

test.each([
  [[1, 0], [2, 0], 1],
  [[1, 0], [0, 3], 0],
  [[1, 1], [-1, -1], -1],
  [[0, 0], [1, 1], 0],
  [[1], [1, 1], 0],
])('the cosine of %j and %j is %d', (a, b, expected) => {
  expect(cosine(Float32Array.from(a), Float32Array.from(b))).toBeCloseTo(expected);
});
