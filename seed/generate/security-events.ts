import type { Customer, SecurityEvent } from '#contoso/rules/model';
import { addDays } from './calendar.ts';
import type { SeedContext } from './context.ts';
import { deal } from './deal.ts';
import { inOrderOf, momentOn } from './moments.ts';

const eventCount = 40;

/** From 2 to 30 days ago, so that the events of the scenarios come after them and ids ascend with time. */
const ageInDays = { min: 2, max: 30 };

const descriptions = {
  login_attempt: 'Failed sign-in: wrong password',
  account_locked: 'Account locked after repeated failed sign-ins',
} as const;

export function generateSecurityEvents(
  context: SeedContext,
  customers: readonly Customer[],
): SecurityEvent[] {
  const random = context.randomFor('security-events');
  const types = deal(random, eventCount, [
    ['login_attempt', 0.75],
    ['account_locked', 0.25],
  ] as const);
  const events = types.map((event_type) => ({
    customer_id: random.helpers.arrayElement(customers).customer_id,
    event_type,
    event_time: momentOn(random, addDays(context.asOf, -random.number.int(ageInDays))),
    description: descriptions[event_type],
  }));
  return inOrderOf(events, (event) => event.event_time).map((event) => ({
    event_id: context.nextId('securityEvent'),
    ...event,
  }));
}
