import type { BusinessStore } from '#platform/business';
import { NotFound } from '#platform/errors';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { paddedId } from '#platform/storage/keys';
import { odata } from '#platform/storage/odata';
import { retryStale } from '#platform/storage/retry';
import type { NewRow } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { type Book, bookCodec } from './book.ts';

/** Name of the one table, without the tenant's. */
export const booksTable = 'Books';

/** All books of a library are in one partition: there are some thousands at most. */
const partition = 'book';
/** Calls for the same book at the same moment are few. */
const attempts = 5;

export interface LibraryStore extends BusinessStore {
  /** Every book, by its number; one round trip a thousand. */
  books(): Promise<readonly Book[]>;
  /**
   * Changes one book. Two round trips, more when somebody else changes it at the same time.
   * @param decide on the book as it is stored now; it may run again
   * @throws NotFound when there is no such book; whatever `decide` throws
   */
  change(id: number, decide: (book: Book) => Book): Promise<Book>;
}

/** The books of one tenant. */
export function openStore(storage: Storage, tenant: TenantId): LibraryStore {
  const table = storage.table(tableName(tenant, booksTable));
  return {
    knowledge: { documents: async () => [] },
    warm: async () => {},
    async books() {
      const rows = await table.list(odata`PartitionKey eq ${partition}`);
      return rows.map(({ properties }) => bookCodec.decode(properties));
    },
    change: (id, decide) =>
      retryStale(attempts, async () => {
        const stored = await table.get(partition, paddedId(id));
        if (stored === undefined) {
          throw new NotFound(`There is no book ${id}; find_books lists them.`);
        }
        const changed = decide(bookCodec.decode(stored.properties));
        await table.transact([{ replace: bookRow(changed), etag: stored.etag }]);
        return changed;
      }),
  };
}

/** The row that holds a book. */
export function bookRow(book: Book): NewRow {
  return { partitionKey: partition, rowKey: paddedId(book.book_id), properties: bookCodec.encode(book) };
}
