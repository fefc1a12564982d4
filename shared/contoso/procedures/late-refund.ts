import { defineProcedure } from './define.ts';

export const lateRefund = defineProcedure({
  name: 'late-refund',
  description:
    'Checks whether a refund for a returned order is late, and what is done then. Use it when somebody waits for the money of a return.',
  tools: ['get_customer_orders', 'search_knowledge_base'],
  documents: { returns: 'Return Policy and Process' },
  text: `# A refund that has not arrived

1. Find the returned order with \`get_customer_orders\`: its product, its amount, and the date of the return.
2. Look the window for returns and the time of a refund up with \`search_knowledge_base\`.
3. Count the business days, Monday to Friday, since the return date. Say how many have passed and how many it may take.
4. When the time has passed, the case goes to the Returns Desk with order, amount and return date; nobody is asked to wait longer. Before that, say on which day it will have passed.`,
});
