import { findAccounts, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { counted } from '#platform/counted';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed } from '#platform/experts/models/offline/operations';
import { always, isWithin, periodIn } from '#platform/experts/models/offline/period';
import type { Steps } from '#platform/experts/models/offline/steps';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

const open = /\b(?:open|current|investigat\w*|ongoing|right now|at the moment)\b/i;

/** Incidents on the subscriptions of customers, and how their service is. */
export function* incidents(about: Case): Steps<Draft> {
  const period = about.said.map((text) => periodIn(text, about.today)).find((found) => found !== undefined);
  const onlyOpen = open.test(about.said.join(' '));
  const each = (yield* findAccounts(about)).map(({ customer, subscriptions }) => {
    const fitting = subscriptions
      .flatMap(({ service_incidents }) => service_incidents)
      .filter(({ status }) => !onlyOpen || status === 'investigating')
      .filter(({ incident_date }) => isWithin(incident_date, period ?? always));
    const service = [...new Set(subscriptions.map(({ service_status }) => service_status))].join(', ');
    const when = period === undefined ? '' : ` ${period.words}`;
    const state = onlyOpen ? 'open ' : '';
    const list = fitting.map(
      ({ incident_id, incident_date, status, description }) =>
        `incident ${incident_id} of ${incident_date}, ${status}: ${description.replace(/\.$/, '')}`,
    );
    return list.length === 0
      ? `${capital(nameOf(customer))} has no ${state}incident${when}; the service is ${service}.`
      : `${capital(nameOf(customer))} has ${counted(list.length, `${state}incident`)}${when}; the service is ${service}. ${capital(listed(list))}.`;
  });
  return facts(lines(each));
}
