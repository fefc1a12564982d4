import { expect, test } from 'vitest';
import { lexicalRanker } from '#platform/knowledge/lexical';
import { readKnowledge } from '#seed/knowledge';
import { questions } from './questions.ts';

const documents = readKnowledge('Contoso');

/** Share of the questions with a right document among the first three. */
const requiredRecall = 0.95;

/** Share of the questions with a right document in first place. */
const requiredPrecision = 0.8;

async function found(places: number): Promise<{ share: number; missed: string[] }> {
  const missed: string[] = [];
  for (const { question, right } of questions) {
    const hits = await lexicalRanker.rank(question, documents, places);
    if (!hits.some((hit) => right.includes(hit.slug))) {
      missed.push(`${question} → ${hits.map((hit) => hit.slug).join(', ')}`);
    }
  }
  return { share: 1 - missed.length / questions.length, missed };
}

test('at least forty questions, every right answer exists, every document is asked for', () => {
  expect(questions.length).toBeGreaterThanOrEqual(40);
  const slugs = documents.map((document) => document.slug);
  const asked = new Set(questions.flatMap(({ right }) => right));
  expect([...asked].toSorted()).toEqual(slugs.toSorted());
});

test('no question is a sentence of a document', () => {
  const text = documents.map((document) => document.content.toLowerCase()).join('\n');
  expect(questions.filter(({ question }) => text.includes(question.toLowerCase()))).toEqual([]);
});

test(`a right document is among the first three for ${requiredRecall * 100} % of the questions`, async () => {
  const { share, missed } = await found(3);
  expect(share, missed.join('\n')).toBeGreaterThanOrEqual(requiredRecall);
});

test(`and in first place for ${requiredPrecision * 100} %`, async () => {
  const { share, missed } = await found(1);
  expect(share, missed.join('\n')).toBeGreaterThanOrEqual(requiredPrecision);
});
