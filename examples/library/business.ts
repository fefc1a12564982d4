import type { Business } from '#platform/business';
import { permissionTable } from './access.ts';
import { reading } from './advice/expert.ts';
import { type Policy, readPolicy } from './settings.ts';
import { stocktaking } from './stocktaking/job.ts';
import { takeStock } from './stocktaking/take-stock.ts';
import { type LibraryStore, openStore } from './store.ts';
import { findBooks } from './tools/find-books.ts';
import { getMyMembership } from './tools/get-my-membership.ts';
import { lendBook } from './tools/lend-book.ts';
import { trial } from './trial.ts';

/** A lending library. */
export const lendingLibrary: Business<LibraryStore, Policy> = {
  name: 'library',
  info: { name: 'library-mcp', title: 'Lending library', version: '0.1.0' },
  endpointNames: { tools: 'Lending library: tools', experts: 'Lending library: advice' },
  instructions: {
    tools: 'The books of one library. Find a book with find_books, then pass its book_id on.',
    experts:
      'A librarian to ask about books, and take_stock, which goes through a shelf and takes some seconds.',
  },
  permissionTable,
  defaultRoles: ['reader'],
  readPolicy,
  openStore,
  tools: [findBooks, lendBook, getMyMembership],
  prompts: [],
  resources: [],
  experts: [reading],
  offlinePlans: async () => (await import('./advice/offline.ts')).offlinePlans,
  trial,
  openJobs: ({ storeOf }) => [{ definition: stocktaking({ storeOf }), tool: takeStock }],
};
