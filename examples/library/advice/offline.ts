import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case, OfflinePlans } from '#platform/experts/models/offline/offline-model';
import { ask, NeedsInput, one, type Steps } from '#platform/experts/models/offline/steps';
import type { Book } from '../book.ts';
import { findBooks } from '../tools/find-books.ts';
import { reading } from './expert.ts';

/** Where the books are that have the words between quotation marks in title or author. */
function* whereabouts({ transcript: { question } }: Case): Steps<Draft> {
  const text = /["“](.{1,100}?)["”]/.exec(question)?.[1];
  if (text === undefined) {
    return yield* anythingElse();
  }
  const { books } = yield* one(ask(findBooks, { text }));
  return {
    status: 'done',
    headline: books.length === 0 ? `The library has no “${text}”.` : books.map(place).join(' '),
    findings: [],
  };
}

function place({ title, author, shelf, due }: Book): string {
  return due === null
    ? `“${title}” by ${author} stands on shelf ${shelf}.`
    : `“${title}” by ${author} is lent until ${due}.`;
}

// biome-ignore lint/correctness/useYield: a plan that has nothing to look up
function* anythingElse(): Steps<Draft> {
  throw new NeedsInput(
    'It is not clear which book is meant.',
    'Which book is it? Put its title in quotation marks.',
  );
}

/** What the expert does without a language model. */
export const offlinePlans: OfflinePlans = {
  experts: [reading],
  capabilities: {
    whereabouts: {
      domains: [reading.domain],
      examples: [
        'where is the book',
        'do you have the book',
        'is it lent',
        'which shelf',
        'can I read it',
        'lend',
      ],
    },
  },
  // a title says nothing of what is asked
  bare: (text) => text.replace(/["“].{1,100}?["”]/g, 'the book'),
  plans: { whereabouts },
  anythingElse,
};
