import { beforeAll, expect, test } from 'vitest';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows all tickets, newest first', async () => {
  const { tickets } = await company.ask(getSupportTickets, { customer_id: 1 });
  expect(tickets.map((one) => [one.ticket_id, one.status])).toEqual([
    [3, 'pending'],
    [1, 'open'],
    [2, 'closed'],
  ]);
});

test('open_only leaves out closed ones and keeps pending ones', async () => {
  const { tickets } = await company.ask(getSupportTickets, { customer_id: 1, open_only: true });
  expect(tickets.map((one) => one.ticket_id)).toEqual([3, 1]);
});

test('an unknown customer is not found', async () => {
  expect(await company.refusal(getSupportTickets, { customer_id: 4 })).toBeInstanceOf(NotFound);
});

test('refuses a text instead of true or false', async () => {
  const error = await company.refusal(getSupportTickets, { customer_id: 1, open_only: 'true' });
  expect(error).toEqual(new InvalidInput('open_only must be true or false'));
});
