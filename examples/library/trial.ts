import type { Trial } from '#platform/business';

/** No shelf has this name, so that the job counts nothing. */
export const trial: Trial = {
  call: { tool: 'find_books', arguments: { text: 'a check of the service' } },
  job: { tool: 'take_stock', arguments: { shelf: 'nowhere' } },
  question: {
    expert: 'reading',
    text: 'Where is "Walden"? Look it up with find_books, once, and answer from what it says.',
    tool: 'find_books',
    data: {
      books: [{ book_id: 1, title: 'Walden', author: 'A. Author', shelf: 'A1', lent_to: null, due: null }],
    },
  },
};
