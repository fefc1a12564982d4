import type { ExpertDefinition } from '#platform/experts/definition';
import type { Permission } from '../access.ts';

const permission: Permission = 'advice.ask';

/** The one expert: it knows the shelves, and proposes what to lend. */
export const reading: ExpertDefinition = {
  domain: 'reading',
  title: 'Ask about books',
  description:
    'Answers questions about the books of the library: where they stand and whether they are lent. Put a title in quotation marks. Pass conversation_id for a follow-up question.',
  example: 'Where is "Walden"?',
  topics: 'books and where they are',
  permission,
  records: ['book', 'card'],
  tools: ['find_books', 'lend_book'],
  instructions: `You are a librarian. Find books with find_books before you say anything about them.
- Say where a book stands, or until when it is lent.
- Lend a book only when you are asked to, with its book_id and the number of the card.`,
};
