import type { Incident, Subscription } from '#contoso/rules/model';
import type { SeedContext } from './context.ts';
import { deal } from './deal.ts';
import { inOrderOf } from './moments.ts';
import { recentDayInUse } from './subscriptions.ts';

const incidentCount = 60;

/** An incident that is still investigated is recent and concerns a subscription that is in use. */
const longestAgeInDays = { investigating: 7, resolved: 60 } as const;

const descriptions = [
  'Congestion at the local exchange slows traffic down in the evening.',
  'A damaged fibre interrupts the service in several streets.',
  'A radio cell works with reduced power after a storm.',
  'Faulty line card; connections drop for a few minutes at a time.',
  'Name resolution failed for part of the network.',
] as const;

export function generateIncidents(context: SeedContext, subscriptions: readonly Subscription[]): Incident[] {
  const random = context.randomFor('incidents');
  const active = subscriptions.filter((subscription) => subscription.status === 'active');
  const statuses = deal(random, incidentCount, [
    ['investigating', 0.3],
    ['resolved', 0.7],
  ] as const);
  const incidents = statuses.map((status) => {
    const subscription = random.helpers.arrayElement(status === 'resolved' ? subscriptions : active);
    return {
      subscription_id: subscription.subscription_id,
      incident_date: recentDayInUse(random, subscription, context.asOf, longestAgeInDays[status]),
      description: random.helpers.arrayElement(descriptions),
      status,
    };
  });
  return inOrderOf(incidents, (incident) => incident.incident_date).map((incident) => ({
    incident_id: context.nextId('incident'),
    ...incident,
  }));
}
