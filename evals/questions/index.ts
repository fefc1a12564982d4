import { createHash } from 'node:crypto';
import type { CompanyData } from '../companies.ts';
import { accountQuestions } from './account.ts';
import { billingQuestions } from './billing.ts';
import { Book } from './book.ts';
import type { Question } from './key.ts';
import { moneyQuestions } from './orders-and-payments.ts';
import { productQuestions } from './product.ts';
import { serviceQuestions } from './service.ts';

export const parts = ['tune', 'held-out'] as const;
/** Plans may be improved on the questions of `tune`; those of `held-out` only say how good they are. */
export type Part = (typeof parts)[number];

const heldOut = 50;
/** Part of what decides the order of the draw; chosen once, before any answer was seen. */
const draw = 'split 1';

/** Every question, as support staff type them, in the order in which they were written. */
export function allQuestions(company: CompanyData, today: string): readonly Question[] {
  const book = new Book(company, today);
  return [
    ...billingQuestions(book),
    ...moneyQuestions(book),
    ...accountQuestions(),
    ...productQuestions(book),
    ...serviceQuestions(),
  ];
}

/** The questions of a part: which they are depends on their words alone. */
export function questionsOf(part: Part, questions: readonly Question[]): readonly Question[] {
  const drawn = new Set(questions.toSorted((a, b) => lot(a).localeCompare(lot(b))).slice(0, heldOut));
  return questions.filter((question) => drawn.has(question) === (part === 'held-out'));
}

function lot({ turns }: Question): string {
  return createHash('sha256')
    .update(JSON.stringify([draw, turns]))
    .digest('hex');
}
