import { findAccounts, nameOf, type SubscriptionDetail } from '#contoso/experts/offline/slots/subscriptions';
import { formatMoney } from '#contoso/rules/money';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import type { Steps } from '#platform/experts/models/offline/steps';
import { numbersIn } from '../slots/numbers.ts';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

/** What is said of a subscription when its words are in the question; without any of them, what it is in short. */
const aspects: readonly (readonly [RegExp, (held: SubscriptionDetail) => string])[] = [
  [/\broam/i, ({ roaming_enabled }) => `roaming is ${roaming_enabled ? 'on (active)' : 'off (not active)'}`],
  [/\bauto-?pay|automatic/i, ({ autopay_enabled }) => `autopay is ${autopay_enabled ? 'on' : 'off'}`],
  [/\b(?:speed|fast|mbps|tier)\b/i, ({ speed_tier }) => `the speed tier is ${speed_tier}`],
  [
    /\b(?:cap|allowance|limit|data)\b/i,
    ({ data_cap_gb }) =>
      data_cap_gb === null ? 'there is no data cap' : `the data cap is ${data_cap_gb} GB a cycle`,
  ],
  [
    /\b(?:end|ends|run out|runs out|expire\w*|until|contract|term)\b/i,
    ({ end_date }) => `it ends on ${end_date}`,
  ],
  [/\b(?:start\w*|since|began|contract)\b/i, ({ start_date }) => `it started on ${start_date}`],
  [
    /\b(?:pay|cost\w*|fee|price|month|monthly)\b/i,
    ({ product }) => `it costs ${formatMoney(product.monthly_fee)} a month`,
  ],
  [/\b(?:service|working|works)\b/i, ({ service_status }) => `its service is ${service_status}`],
];

/** What customers have: plan, price, term, roaming, autopay, speed and cap. */
export function* subscription(about: Case): Steps<Draft> {
  const [question = ''] = about.said;
  const asked = aspects.some(([words]) => words.test(question)) ? question : about.said.join(' ');
  const { subscriptions: named } = numbersIn(about.said.join(' '));
  const each = (yield* findAccounts(about)).flatMap(({ customer, subscriptions }) => {
    const chosen = subscriptions.filter(
      ({ subscription_id }) => named.length === 0 || named.includes(subscription_id),
    );
    return chosen.length === 0
      ? [`${capital(nameOf(customer))} has no such subscription.`]
      : chosen.map((held) => sentence(nameOf(customer), held, asked));
  });
  return facts(lines(each));
}

function sentence(name: string, held: SubscriptionDetail, asked: string): string {
  const { subscription_id, product, status } = held;
  const found = aspects.filter(([words]) => words.test(asked)).map(([, say]) => say(held));
  const said =
    found.length > 0
      ? found
      : [`it costs ${formatMoney(product.monthly_fee)} a month`, `it ends on ${held.end_date}`];
  return `${capital(name)} has the ${product.name} (subscription ${subscription_id}, ${status}); ${said.join(', ')}.`;
}
