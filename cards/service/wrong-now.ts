import { visible } from '#platform/format-controls';
import type { Format } from '../host/format.ts';
import type { Subscription } from './subscription.ts';

/** What is wrong with a service at this moment, a sentence each. */
export function wrongNow(subscription: Subscription, format: Format): string[] {
  const { status, service_status, service_incidents, invoices } = subscription;
  const open = service_incidents.filter((incident) => incident.status === 'investigating');
  const unpaid = invoices.filter(({ outstanding }) => outstanding > 0);
  return [
    ...(status === 'inactive' ? ['The subscription is not active.'] : []),
    ...(service_status === 'normal' ? [] : [`The service is ${service_status}.`]),
    ...open.map(
      ({ incident_date, description }) =>
        `Being looked into since ${format.day(incident_date)}: ${visible(description)}`,
    ),
    ...unpaid.map(
      ({ invoice_id, outstanding, due_date }) =>
        `${format.dollars(outstanding)} of invoice ${invoice_id} are outstanding, due on ${format.day(due_date)}.`,
    ),
  ];
}
