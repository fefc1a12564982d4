import { seedLibrary } from '#examples/library/seed';
import { booksTable, openStore } from '#examples/library/store';
import { tenantId } from '#platform/identity/tenant';
import { ensureTables } from '#platform/storage/tables';
import type { LocalData } from '#seed/local-data';

/** What a developer's machine has of the library: its staff, and its first books. */
export const localData: LocalData = {
  staff: [
    { name: 'rita', number: 1, roles: ['reader'] },
    { name: 'liam', number: 2, roles: ['librarian'] },
    { name: 'nobody', number: 3, roles: [] },
  ],
  stranger: { name: 'sam', number: 4, roles: ['librarian'] },
  daemonRoles: ['reader'],
  firstCalls: ['--list --role reader', 'find_books \'{"text":"Emma"}\' --role reader'],
  async fill(storage, tenant, report) {
    const slug = tenantId(tenant);
    await ensureTables(storage, slug, [booksTable]);
    if ((await openStore(storage, slug).books()).length > 0) {
      return 'books, kept';
    }
    report.step(`Writing the first books of ${tenant}`);
    await seedLibrary(storage, slug);
    return 'the first books written';
  },
};
