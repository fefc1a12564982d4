import * as z from 'zod';
import type { JobSurroundings } from '#platform/business';
import { tenantId } from '#platform/identity/tenant';
import { defineJob } from '#platform/jobs/definition';
import { book } from '../book.ts';
import type { LibraryStore } from '../store.ts';

/** Name of the tool that starts a stocktaking. */
export const stocktakingName = 'take_stock';

const request = z.object({ shelf: z.string() });

export const inventory = z.object({
  shelf: z.string(),
  books: z.int().nullable().describe('How many belong there; null when they could not be counted.'),
  overdue: z.array(book).nullable().describe('Those that should be back; null when nobody could look.'),
});
export type Inventory = z.infer<typeof inventory>;

type Results = Omit<Inventory, 'shelf'>;

/** Goes through a shelf in two steps. Each can be repeated: it reads and changes nothing. */
export function stocktaking({ storeOf }: Pick<JobSurroundings<LibraryStore>, 'storeOf'>) {
  return defineJob<z.infer<typeof request>, Results>({
    name: stocktakingName,
    orchestration: 'stocktaking',
    activity: 'stocktakingStep',
    request,
    result: inventory,
    steps: [
      { name: 'books', title: 'counting the books' },
      { name: 'overdue', title: 'looking for overdue books' },
    ],
    seconds: 10,
    words: {
      done: 'The stock is taken.',
      broken: 'The stocktaking broke off because of a fault of this service; start it again.',
      cancelled: 'The stocktaking was cancelled.',
      full: (most) => `You are taking stock ${most} times already, which is the most; wait or cancel one.`,
    },
    begin: () => ({ books: null, overdue: null }),
    after: (results, step, outcome) => ({ ...results, ...(outcome !== undefined && { [step]: outcome }) }),
    conclude: ({ shelf }, results) => ({ shelf, ...results }),
    async run({ tenant, step, request: asked, day }) {
      const { shelf } = request.parse(asked);
      const books = (await storeOf(tenantId(tenant)).books()).filter((one) => one.shelf === shelf);
      return step === 'books' ? books.length : books.filter(({ due }) => due !== null && due < day);
    },
  });
}
