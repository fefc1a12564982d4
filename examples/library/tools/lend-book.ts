import * as z from 'zod';
import { dayOf } from '#platform/dates';
import { Refused } from '#platform/errors';
import { id, line } from '#platform/mcp/definitions/inputs';
import { book } from '../book.ts';
import { defineTool } from '../define.ts';
import { books } from '../labels.ts';

const millisecondsPerDay = 86_400_000;

export const lendBook = defineTool({
  name: 'lend_book',
  title: 'Lend a book',
  description:
    'Lends a book that is on its shelf to the holder of a card, and says when it has to be back. Find its book_id with find_books.',
  permission: 'books.lend',
  progress: 'Lending the book',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  labels: books,
  input: z.strictObject({
    book_id: id('The book; find_books lists them.'),
    card: line(20, 'Number of the card of whoever takes the book home.'),
  }),
  output: book,
  example: () => ({ book_id: 4, card: 'C-17' }),
  async handler({ book_id, card }, { store, policy, now }) {
    const due = dayOf(new Date(now().getTime() + policy.loanDays * millisecondsPerDay));
    return await store.change(book_id, (stored) => {
      if (stored.lent_to !== null) {
        throw new Refused(`Book ${book_id} is lent until ${stored.due}; choose another one.`);
      }
      return { ...stored, lent_to: card, due };
    });
  },
  summary: ({ title, lent_to, due }) => `"${title}" is lent on card ${lent_to} until ${due}.`,
});
