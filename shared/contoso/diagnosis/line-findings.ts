import { newestFirst } from '#platform/dates';
import type { Subscription } from '../rules/model.ts';
import { type FindingOfStep, info, problem, warning } from './finding.ts';
import { cycleDays, type Line } from './line.ts';

/** What the stored data of a subscription say. Rules on slow service and on the cap: see the knowledge documents. */

/** Customers are told when this much of the cap is used (Data Overage Policy). */
const nearCap = 0.8;

/** Incidents that a report names; a customer with more has one problem, not many. */
const mostIncidents = 5;

/** @param day the day of the diagnosis, `YYYY-MM-DD` */
export function subscriptionFindings(line: Line | undefined, day: string): FindingOfStep[] {
  if (line === undefined) {
    return [
      info(
        'About the device alone',
        'No subscription was named, so service status, incidents, usage and plan were not looked at.',
      ),
    ];
  }
  const { subscription } = line;
  return subscription.status === 'active'
    ? [planFinding(subscription)]
    : [inactiveFinding(subscription, day)];
}

function planFinding({ subscription_id, speed_tier, data_cap_gb }: Subscription): FindingOfStep {
  const cap = data_cap_gb === null ? 'no data cap' : `a cap of ${data_cap_gb} GB`;
  return info('The subscription is active', `Subscription ${subscription_id} has ${speed_tier} and ${cap}.`);
}

function inactiveFinding({ subscription_id, end_date }: Subscription, day: string): FindingOfStep {
  if (end_date < day) {
    return problem(
      'The subscription has ended',
      `Subscription ${subscription_id} ended on ${end_date}, so no service is delivered; it has to be renewed first.`,
    );
  }
  return problem(
    'The subscription is suspended',
    `Subscription ${subscription_id} is inactive before its end on ${end_date}, so no service is delivered, whatever the device does; look for unpaid invoices with get_billing_summary.`,
  );
}

/** The state of the service and the incidents that are still open, newest first. */
export function serviceFindings({ subscription, openIncidents }: Line): FindingOfStep[] {
  const newest = newestFirst(
    openIncidents,
    (incident) => incident.incident_date,
    (incident) => incident.incident_id,
  );
  const incidents = newest
    .slice(0, mostIncidents)
    .map(({ incident_id, incident_date, description }) =>
      problem(
        `Open incident since ${incident_date}`,
        `Incident ${incident_id} is being investigated: ${description}`,
      ),
    );
  return [statusFinding(subscription.service_status), ...incidents];
}

function statusFinding(status: Subscription['service_status']): FindingOfStep {
  switch (status) {
    case 'offline':
      return problem('The service is offline', 'The network delivers no service to this subscription.');
    case 'slow':
      return problem('The service is slow', 'The network reports slow service for this subscription.');
    default:
      return info('The service is normal', 'The network reports no fault for this subscription.');
  }
}

/** @param usedGb gigabytes of the last 30 whole days */
export function usageFindings({ data_cap_gb }: Subscription, usedGb: number): FindingOfStep[] {
  const used = `${usedGb.toFixed(1)} GB were used in the last ${cycleDays} days`;
  if (data_cap_gb === null) {
    return [info('No data cap', `${used}; the plan has no cap.`)];
  }
  const share = usedGb / data_cap_gb;
  const detail = `${used}, ${Math.round(share * 100)} % of the cap of ${data_cap_gb} GB.`;
  if (share > 1) {
    const over = (usedGb - data_cap_gb).toFixed(1);
    return [problem('The data cap is exceeded', `${detail} The ${over} GB above it cost extra.`)];
  }
  return [share >= nearCap ? warning('The data cap is near', detail) : info('Within the data cap', detail)];
}
