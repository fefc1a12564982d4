import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources, sentencesOf, withFullStop } from '#platform/experts/models/offline/sources';
import { NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';
import { termsOf } from '#platform/knowledge/terms';
import { expertDefinitions } from '../../domains.ts';
import { namesSomebody } from '../customer.ts';
import { search } from '../search.ts';

const mostSentences = 4;
/** Longest query that the search takes. */
const longestQuery = 500;

/** A question about a rule, or one that no other playbook knows: the sentences of the best document that fit it. */
export function* policy({ transcript, domain }: Case): Steps<Draft> {
  if (namesSomebody(transcript.question)) {
    throw new NeedsInput(
      'It was not understood what is asked about this customer, so nothing was looked up.',
      'What should be looked up? For example what is owed, the usage, the plan, or the tickets.',
    );
  }
  const query = transcript.question.replace(/\s+/g, ' ').trim().slice(0, longestQuery);
  const found = yield* one(search(query));
  const best = found.documents[0];
  const sentences = best === undefined ? [] : fitting(sentencesOf(best.content), termsOf(query));
  if (best === undefined || sentences.length === 0) {
    const topics = expertDefinitions.find((expert) => expert.domain === domain)?.topics;
    throw new NeedsInput(
      'Nothing in the documents fits the question.',
      `What is it about? This expert knows ${topics}.`,
    );
  }
  const sources = new Sources(found);
  sources.quote(best.title, /./);
  return {
    status: 'done',
    headline: `The document "${best.title}" says:`,
    findings: sentences.map(withFullStop),
    citations: sources.citations,
  };
}

/** The sentences that share most terms with the question, in their own order. */
function fitting(sentences: readonly string[], wanted: ReadonlySet<string>): string[] {
  const scored = sentences.map((sentence, place) => ({
    sentence,
    place,
    score: [...termsOf(sentence)].filter((term) => wanted.has(term)).length,
  }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSentences)
    .sort((a, b) => a.place - b.place)
    .map(({ sentence }) => sentence);
}
