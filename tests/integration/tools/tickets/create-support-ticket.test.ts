import { beforeEach, expect, test } from 'vitest';
import { createSupportTicket } from '#contoso/tools/tickets/create-support-ticket';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';
import { InvalidInput, NotFound } from '#platform/errors';
import { StaleWrite } from '#platform/storage/stale-write';
import { type Company, companyWith, openCompany } from '../company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});

const request = {
  customer_id: 1,
  subscription_id: 11,
  category: 'call_drop',
  priority: 'high',
  subject: 'Calls drop at the harbour',
  description: 'Three times this week:\n\tMonday, Tuesday, today.',
};

test('opens a ticket with a new id, and it is in the list', async () => {
  const ticket = await company.ask(createSupportTicket, request);
  expect(ticket).toEqual({
    ...request,
    ticket_id: expect.any(Number),
    status: 'open',
    opened_at: '2026-03-15T12:00:00.000Z',
    closed_at: null,
  });
  const { tickets } = await company.ask(getSupportTickets, { customer_id: 1 });
  expect(tickets.map((one) => one.ticket_id)).toEqual([ticket.ticket_id, 3, 1, 2]);
  expect(tickets[0]).toEqual(ticket);
});

test('tickets that are opened at the same time get different ids', async () => {
  const tickets = await Promise.all(
    Array.from({ length: 10 }, () => company.askInCrowd(createSupportTicket, request)),
  );
  expect(new Set(tickets.map((one) => one.ticket_id)).size).toBe(10);
});

test("somebody else's subscription is not found", async () => {
  expect(await company.refusal(createSupportTicket, { ...request, subscription_id: 21 })).toEqual(
    new NotFound('Customer 1 has no subscription 21; call get_customer_detail to see the subscriptions.'),
  );
});

test('an unknown customer is not found', async () => {
  const error = await company.refusal(createSupportTicket, { ...request, customer_id: 4 });
  expect(error).toBeInstanceOf(NotFound);
});

test.each([
  { category: 'other' },
  { priority: 'HIGH' },
  { subject: ' ' },
  { subject: 'two\nlines' },
  { subject: 'x'.repeat(121) },
  { description: 'a\u001b[31mb' },
  { description: 'x'.repeat(4001) },
  { status: 'closed' },
  { ticket_id: 1 },
])('refuses %j', async (wrong) => {
  const error = await company.refusal(createSupportTicket, { ...request, ...wrong });
  expect(error).toBeInstanceOf(InvalidInput);
});

test('when the answer to a write is lost, there is still one ticket', async () => {
  const { accounts } = company.store;
  const forgetful = companyWith(company, {
    async commit(customerId, changes) {
      await accounts.commit(customerId, changes);
      throw new StaleWrite('the answer was lost and the write was sent again');
    },
  });
  const ticket = await forgetful.askInCrowd(createSupportTicket, request);
  const { tickets } = await company.ask(getSupportTickets, { customer_id: 1 });
  expect(tickets.map((one) => one.ticket_id)).toEqual([ticket.ticket_id, 3, 1, 2]);
});
