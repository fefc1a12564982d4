import * as z from 'zod';
import { counted } from '#platform/counted';
import { newestFirst } from '#platform/dates';
import { flag, id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { ticket } from '../../rules/model.ts';
import { loadCustomer, values } from '../lookups.ts';

export const getSupportTickets = defineTool({
  name: 'get_support_tickets',
  title: 'Support tickets of a customer',
  description:
    "Returns a customer's support tickets, newest first. Use it before create_support_ticket, to see whether the problem is known; open_only leaves out closed ones.",
  permission: 'tickets.read',
  progress: 'Looking at the support tickets',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({
    customer_id: id('The customer.'),
    open_only: flag('true for tickets that are open or pending only.').default(false),
  }),
  output: z.object({ tickets: z.array(ticket) }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id, open_only }, call) {
    const { account } = await loadCustomer(call, customer_id, ['ticket']);
    const tickets = newestFirst(
      values(account.ticket).filter((record) => !open_only || record.status !== 'closed'),
      (record) => record.opened_at,
      (record) => record.ticket_id,
    );
    return { tickets };
  },
  summary({ tickets }) {
    const open = tickets.filter((record) => record.status !== 'closed').length;
    return `${counted(tickets.length, 'ticket')}, ${open} of them open or pending.`;
  },
});
