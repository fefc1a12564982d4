import * as z from 'zod';
import { counted } from '#platform/counted';
import { integer, line } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { customerSummary } from '../../rules/model.ts';

export const getAllCustomers = defineTool({
  name: 'get_all_customers',
  title: 'Find customers',
  description:
    'Lists customers in the order of their ids, a page at a time. Use it to find a customer_id by name or e-mail. When the result has a next_cursor, call again with it for the next page. For one known customer call get_customer_detail.',
  permission: 'customers.read',
  progress: 'Looking for the customer',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({
    search: line(
      100,
      'Part of a name, an e-mail address or an id, or a whole phone number; "city: " before it finds by the beginning of a city, "plan: " by the plan of a subscription, as its product_id or the beginning of its name. Upper and lower case are the same.',
    ).optional(),
    limit: integer(1, 200, 'Customers on a page.').default(50),
    cursor: line(1000, 'The next_cursor of the page before; leave it out for the first page.').optional(),
  }),
  output: z.object({
    customers: z.array(customerSummary),
    next_cursor: z.string().optional().describe('Where the next page begins; missing on the last page.'),
  }),
  example: () => ({}),
  async handler(input, call) {
    const { customers, cursor } = await call.store.directory.page(input);
    return cursor === undefined ? { customers } : { customers, next_cursor: cursor };
  },
  summary({ customers, next_cursor }) {
    const found = counted(customers.length, 'customer');
    return next_cursor === undefined
      ? `${found}; there are no more.`
      : `${found}; there may be more, call again with next_cursor.`;
  },
});
