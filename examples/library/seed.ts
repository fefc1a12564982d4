import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { ensureTables, tableName } from '#platform/storage/tables';
import type { Book } from './book.ts';
import { bookRow, booksTable } from './store.ts';

/** The books that a library begins with, on two shelves; one of them should have been back long ago. */
export const books: readonly Book[] = [
  { book_id: 1, title: 'Middlemarch', author: 'George Eliot', shelf: 'A1', lent_to: null, due: null },
  { book_id: 2, title: 'Emma', author: 'Jane Austen', shelf: 'A1', lent_to: 'C-7', due: '2020-02-29' },
  { book_id: 3, title: 'Persuasion', author: 'Jane Austen', shelf: 'A1', lent_to: null, due: null },
  { book_id: 4, title: 'Walden', author: 'Henry David Thoreau', shelf: 'B2', lent_to: null, due: null },
];

/** Writes the books, creating the table first. May be repeated: they are then as they were in the beginning. */
export async function seedLibrary(storage: Storage, tenant: TenantId): Promise<void> {
  await ensureTables(storage, tenant, [booksTable]);
  const rows = books.map((book) => ({ upsert: bookRow(book) }));
  await storage.table(tableName(tenant, booksTable)).transactRepeatable(rows);
}
