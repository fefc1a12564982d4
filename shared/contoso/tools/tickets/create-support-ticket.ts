import * as z from 'zod';
import { NotFound } from '#platform/errors';
import { digestOf } from '#platform/idempotency';
import { id, line, oneOf, paragraph } from '#platform/mcp/definitions/inputs';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { type Ticket, ticketCategories, ticket as ticketModel, ticketPriorities } from '../../rules/model.ts';
import {
  additiveWrite,
  changeAccount,
  firstAnswer,
  hasReceipt,
  idempotencyKey,
  receiptFor,
  receiptKeyOf,
  wasWritten,
} from '../changes.ts';
import { loadCustomer } from '../lookups.ts';

export const createSupportTicket = defineTool({
  name: 'create_support_ticket',
  title: 'Open a support ticket',
  description:
    'Opens a support ticket for one subscription of a customer and returns it. Use it when a person has to look into the problem; call get_support_tickets first, so that the same problem does not get two tickets. Give an idempotency_key so that a repeated call does not open a second one.',
  permission: 'tickets.write',
  progress: 'Asking for a support ticket',
  annotations: additiveWrite,
  labels: writtenByOthers,
  input: z.strictObject({
    customer_id: id('The customer.'),
    subscription_id: id('The subscription that is affected; it must be one of the customer.'),
    category: oneOf(ticketCategories, 'What the problem is about.'),
    priority: oneOf(ticketPriorities, 'urgent only when the customer has no service at all.'),
    subject: line(120, 'The problem in a few words.'),
    description: paragraph(
      4000,
      'What happens, since when, and what was tried; no passwords, no card numbers.',
    ),
    idempotency_key: idempotencyKey,
  }),
  output: ticketModel,
  example: ({ subscription }) => {
    const { customer_id, subscription_id } = subscription();
    const problem = { category: 'technical', priority: 'normal', subject: 'Slow' } as const;
    return { customer_id, subscription_id, ...problem, description: 'Slow at night.' };
  },
  isRepetition: ({ customer_id, idempotency_key }, call) =>
    hasReceipt(call, () => loadCustomer(call, customer_id, ['ticket'], receiptKeyOf(call, idempotency_key))),
  async handler({ idempotency_key, ...asked }, call) {
    const key = receiptKeyOf(call, idempotency_key);
    const digest = digestOf('create_support_ticket', asked);
    let ticket: Ticket | undefined;
    return changeAccount(async () => {
      const { account } = await loadCustomer(call, asked.customer_id, ['subscription', 'ticket'], key);
      if (account.receipt !== undefined) {
        return ticketModel.parse(firstAnswer(account.receipt, digest));
      }
      if (!account.subscription.some(({ value }) => value.subscription_id === asked.subscription_id)) {
        throw new NotFound(
          `Customer ${asked.customer_id} has no subscription ${asked.subscription_id}; call get_customer_detail to see the subscriptions.`,
        );
      }
      if (ticket !== undefined && wasWritten(account.ticket, ticket)) {
        return ticket;
      }
      ticket = {
        ticket_id: ticket?.ticket_id ?? (await call.store.nextId('ticket')),
        ...asked,
        status: 'open',
        opened_at: call.now().toISOString(),
        closed_at: null,
      };
      await call.store.accounts.commit(asked.customer_id, [
        { insert: 'ticket', value: ticket },
        ...receiptFor(key, digest, ticket),
      ]);
      return ticket;
    });
  },
  summary({ ticket_id, customer_id, priority, category }) {
    return `Ticket ${ticket_id} is open for customer ${customer_id} (${category}, ${priority} priority).`;
  },
});
