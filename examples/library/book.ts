import * as z from 'zod';
import { integer, nullable, recordCodec, text } from '#platform/storage/codec';

/** One copy of a book. */
export const book = z.object({
  book_id: z.int(),
  title: z.string(),
  author: z.string(),
  shelf: z.string().describe('Where it stands when it is not lent.'),
  lent_to: z
    .string()
    .nullable()
    .describe('Number of the card that it is lent on; null when it is on its shelf.'),
  due: z.iso.date().nullable().describe('The day by which it has to be back.'),
});
export type Book = z.infer<typeof book>;

/** How a book is kept in Table Storage. */
export const bookCodec = recordCodec<Book>({
  book_id: integer,
  title: text,
  author: text,
  shelf: text,
  lent_to: nullable(text),
  due: nullable(text),
});
