import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { chooseSubscription, nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { getDataUsage } from '#contoso/tools/usage/get-data-usage';
import { counted } from '#platform/counted';
import { addDays } from '#platform/dates';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { largestOf, operationsIn } from '#platform/experts/models/offline/operations';
import { periodIn } from '#platform/experts/models/offline/period';
import { ask, one, type Steps } from '#platform/experts/models/offline/steps';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

const cycleDays = 30;
const megabytesPerGigabyte = 1_000;
const longestDays = 365;
const textWords = /\b(?:texts?|sms|messages?)\b/i;
const callWords = /\b(?:minutes?|calls?|calling|voice)\b/i;

/** What was used in a range of days: data, calls or texts; in all, a day, or on the day of most. */
export function* usage(about: Case): Steps<Draft> {
  const { today } = about;
  const said = about.said.join(' ');
  const operations = operationsIn(said);
  const named = about.said.map((text) => periodIn(text, today)).find((found) => found !== undefined);
  const period = named ?? {
    from: addDays(today, -cycleDays),
    to: today,
    words: `in the last ${cycleDays} days`,
  };
  const to = period.to > today ? today : period.to;
  const from = period.from < addDays(to, -longestDays) ? addDays(to, -longestDays) : period.from;
  const each: string[] = [];
  for (const customer of yield* findCustomers(about)) {
    const { subscription_id, data_cap_gb } = chooseSubscription(customer, said);
    const { records } = yield* one(ask(getDataUsage, { subscription_id, start_date: from, end_date: to }));
    const sum = (pick: (day: (typeof records)[number]) => number) =>
      records.reduce((all, day) => all + pick(day), 0);
    const name = capital(nameOf(customer));
    const megabytes = sum(({ data_used_mb }) => data_used_mb);
    const gigabytes = (megabytes / megabytesPerGigabyte).toFixed(1);
    const most = largestOf(records, ({ data_used_mb }) => data_used_mb);
    if (most === undefined) {
      each.push(`Nothing is recorded as used by ${nameOf(customer)} ${period.words}.`);
    } else if (textWords.test(said)) {
      each.push(
        `${name} sent ${counted(
          sum(({ sms_count }) => sms_count),
          'text',
        )} ${period.words}.`,
      );
    } else if (callWords.test(said)) {
      each.push(
        `${name} called for ${counted(
          sum(({ voice_minutes }) => voice_minutes),
          'minute',
        )} ${period.words}.`,
      );
    } else if (operations.average) {
      each.push(
        `${name} used ${Math.round(megabytes / records.length)} MB a day on average ${period.words} (${gigabytes} GB on ${counted(records.length, 'day')}).`,
      );
    } else if (operations.largest && /\bdays?\b/i.test(said)) {
      each.push(`${name} used most data on ${most.usage_date}: ${most.data_used_mb} MB.`);
    } else {
      const cap =
        data_cap_gb === null
          ? 'there is no data cap'
          : `the cap is ${data_cap_gb} GB a cycle of ${cycleDays} days`;
      each.push(`${name} used ${gigabytes} GB ${period.words}; ${cap}.`);
    }
  }
  return facts(lines(each));
}
