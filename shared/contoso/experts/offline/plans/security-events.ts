import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { getSecurityLogs } from '#contoso/tools/security/get-security-logs';
import { counted } from '#platform/counted';
import { readableTime } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed } from '#platform/experts/models/offline/operations';
import { always, isWithin, periodIn } from '#platform/experts/models/offline/period';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

/** What the security log has: failed sign-ins, locks, unlocks. */
export function* securityEvents(about: Case): Steps<Draft> {
  const period = about.said.map((text) => periodIn(text, about.today)).find((found) => found !== undefined);
  const each: string[] = [];
  for (const customer of yield* findCustomers(about)) {
    const { locked, logs } = yield* one(ask(getSecurityLogs, { customer_id: customer.customer_id }));
    const fitting = logs.filter(({ event_time }) => isWithin(event_time, period ?? always));
    const failed = fitting.filter(({ event_type }) => event_type === 'login_attempt');
    const when = period === undefined ? '' : ` ${period.words}`;
    const list = fitting.map(({ event_time, description }) => `${readableTime(event_time)}: ${description}`);
    const state = locked ? 'is locked' : 'is not locked';
    each.push(
      `The account of ${nameOf(customer)} ${state}. ${capital(counted(failed.length, 'failed sign-in'))}${when}, ${counted(list.length, 'event')} in all${list.length === 0 ? '' : `: ${listed(list)}`}.`,
    );
  }
  return facts(lines(each));
}
