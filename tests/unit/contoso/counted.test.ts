import { expect, it } from 'vitest';
import { counted } from '#contoso/rules/counted';
import { getSupportTickets } from '#contoso/tools/tickets/get-support-tickets';

it.each([
  [0, '0 tickets'],
  [1, '1 ticket'],
  [2, '2 tickets'],
])('%i is said in its form', (count, said) => {
  expect(counted(count, 'ticket')).toBe(said);
});

it('a tool that found one says one', () => {
  const output = { tickets: [{ status: 'open' }] } as never;
  expect(getSupportTickets.summary(output)).toMatch(/^1 ticket,/);
});
