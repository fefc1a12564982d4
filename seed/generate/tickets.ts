import { type Subscription, type Ticket, ticketCategories, ticketPriorities } from '#contoso/rules/model';
import type { SeedContext } from './context.ts';
import { deal, dealEvenly, zip } from './deal.ts';
import { inOrderOf, momentOn, momentWithin } from './moments.ts';
import { recentDayInUse } from './subscriptions.ts';
import { ticketTexts } from './ticket-texts.ts';

const ticketCount = 120;
const longestAgeInDays = 90;
const longestHandlingInDays = 10;

/** Tickets about a subscription, opened by its customer while it was in use. */
export function generateTickets(context: SeedContext, subscriptions: readonly Subscription[]): Ticket[] {
  const random = context.randomFor('tickets');
  const statuses = deal(random, ticketCount, [
    ['open', 0.3],
    ['pending', 0.2],
    ['closed', 0.5],
  ] as const);
  const topics = zip(
    dealEvenly(random, ticketCount, ticketCategories),
    dealEvenly(random, ticketCount, ticketPriorities),
  );
  const tickets = zip(statuses, topics).map(([status, [category, priority]]) => {
    const subscription = random.helpers.arrayElement(subscriptions);
    const opened_at = momentOn(random, recentDayInUse(random, subscription, context.asOf, longestAgeInDays));
    return {
      customer_id: subscription.customer_id,
      subscription_id: subscription.subscription_id,
      category,
      priority,
      status,
      ...random.helpers.arrayElement(ticketTexts[category]),
      opened_at,
      closed_at:
        status === 'closed' ? momentWithin(random, opened_at, longestHandlingInDays, context.asOf) : null,
    };
  });
  return inOrderOf(tickets, (ticket) => ticket.opened_at).map((ticket) => ({
    ticket_id: context.nextId('ticket'),
    ...ticket,
  }));
}
