import { expect, it } from 'vitest';
import { counted } from '../../../shared/contoso/counted.ts';
import { getSupportTickets } from '../../../shared/tools/tickets/get-support-tickets.ts';

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
