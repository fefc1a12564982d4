import * as z from 'zod';
import { line } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { book } from '../book.ts';
import { defineTool } from '../define.ts';
import { books } from '../labels.ts';

/** More than this many say that the text was too short. */
const mostFound = 20;

export const findBooks = defineTool({
  name: 'find_books',
  title: 'Find books',
  description:
    'Finds the books whose title or author contains a text, and says where each stands or until when it is lent. Use it before lend_book, which takes a book_id.',
  permission: 'books.read',
  progress: 'Looking along the shelves',
  annotations: readOnly,
  labels: books,
  input: z.strictObject({ text: line(100, 'Part of the title or of the author’s name.') }),
  output: z.object({ books: z.array(book).describe(`At most ${mostFound}, by number.`) }),
  example: () => ({ text: 'Walden' }),
  async handler({ text }, { store }) {
    const wanted = text.toLowerCase();
    const books = await store.books();
    const found = books.filter(({ title, author }) => `${title}\n${author}`.toLowerCase().includes(wanted));
    return { books: found.slice(0, mostFound) };
  },
  summary: ({ books }) =>
    books.length === 0
      ? 'No book has that in its title or author; try a shorter part.'
      : books.map(({ book_id, title }) => `${book_id}: ${title}`).join('; '),
});
