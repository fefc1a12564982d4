import type * as z from 'zod';
import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription } from '#contoso/experts/offline/slots/subscriptions';
import { slowService as procedure } from '#contoso/procedures/slow-service';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { counted } from '#platform/counted';
import { addDays } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';
import { incidents } from './incidents.ts';

type SubscriptionDetail = z.output<typeof getSubscriptionDetail.output>;
type Usage = z.output<typeof getDataUsage.output>;

const { guide, credits: creditMatrix } = procedure.documents;
const comparedDays = 30;
const recentDays = 3;
/** Share of the speed tier under which a line fault is escalated. */
const escalationShare = 0.25;

/** Slow or failing service: incidents first, then what the customer can test, then when to escalate. */
export function* slowService(about: Case): Steps<Draft> {
  const { transcript, today } = about;
  const [customer, ...others] = yield* findCustomers(about);
  if (customer === undefined || others.length > 0) {
    return yield* incidents(about);
  }
  const { subscription_id } = chooseSubscription(
    customer,
    transcript.question,
    ({ service_status }) => service_status !== 'normal',
  );
  const [detail, usage, ...found] = yield* all(
    ask(getSubscriptionDetail, { subscription_id }),
    ask(getDataUsage, { subscription_id, start_date: addDays(today, -comparedDays), end_date: today }),
    search('slow internet speed test modem router escalate'),
    search('service credit outage speed under tier'),
  );
  const sources = new Sources(...found);
  return {
    status: 'done',
    headline: `Subscription ${subscription_id} (${detail.product.name}, ${detail.speed_tier}) of customer ${customer.customer_id} (${customer.first_name} ${customer.last_name}) is ${detail.status}; its service is ${detail.service_status}.`,
    findings: [...incidentFindings(detail), ...usageFinding(usage)],
    options: [
      ...sources.quote(guide, /off for 60 seconds/, /computer by cable/, /three speed tests/),
      `Judge the best wired result against the tier: under 25 % of ${detail.speed_tier}, that is ${megabits(detail.speed_tier) * escalationShare} Mbps, it is escalated.`,
      ...sources.quote(guide, /^under 25 %/, /longer than 48 hours/),
      ...sources.quote(creditMatrix, /^speed under 25 %/, /needs an incident/),
    ],
    citations: sources.citations,
  };
}

function incidentFindings({ service_incidents }: SubscriptionDetail): string[] {
  const open = service_incidents.filter(({ status }) => status === 'investigating');
  if (open.length === 0) {
    return ['There is no incident under investigation on this subscription.'];
  }
  return open.map(
    ({ incident_id, incident_date }) =>
      `Incident ${incident_id} of ${incident_date} is still being investigated: the cause is on our side, and repeated resets do not help.`,
  );
}

function usageFinding({ records }: Usage): string[] {
  const recent = records.slice(-recentDays);
  const before = records.slice(0, -recentDays);
  if (before.length === 0) {
    return [];
  }
  const [now, usual] = [averageMegabytes(recent), averageMegabytes(before)];
  return [
    `On the last ${counted(recent.length, 'day')} ${now} MB a day were used, against ${usual} MB a day before.`,
  ];
}

function averageMegabytes(days: Usage['records']): number {
  return Math.round(days.reduce((sum, { data_used_mb }) => sum + data_used_mb, 0) / days.length);
}

/** Mbit/s of a tier such as `300Mbps` or `1Gbps`. */
function megabits(tier: string): number {
  return Number.parseFloat(tier) * (tier.endsWith('Gbps') ? 1_000 : 1);
}
