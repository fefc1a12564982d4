import type * as z from 'zod';
import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { promotions as procedure } from '#contoso/procedures/promotions';
import { getEligiblePromotions } from '#contoso/tools/catalog/get-eligible-promotions';
import { getPromotions } from '#contoso/tools/catalog/get-promotions';
import { counted } from '#platform/counted';
import { wordsOf } from '#platform/experts/models/offline/capabilities';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { listed } from '#platform/experts/models/offline/operations';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, NobodyNamed, one, type Steps } from '#platform/experts/models/offline/steps';
import { type Found, search } from '../search.ts';
import { capital } from './balance.ts';
import { facts, lines } from './facts.ts';

const { guidelines } = procedure.documents;
const aboutSomebody = /\b(?:i|my|me|customer|she|he|her|him|they)\b/i;
const levels = /\b(?:gold|silver|bronze)\b/i;
const general = new Set(['discount', 'offer', 'weeks', 'customer', 'gold', 'silver', 'bronze', 'loyalty']);
type Judged = z.output<typeof getEligiblePromotions.output>;

/** Which promotions a customer can have today, and why not the one that was asked for; without a customer, which run. */
export function* promotions(about: Case): Steps<Draft> {
  const customers = yield* customersIfNamed(about);
  if (customers === undefined) {
    return yield* inGeneral(about.said.join(' '));
  }
  const found = yield* one(search('promotion eligibility running loyalty level one at a time'));
  const each: string[] = [];
  for (const customer of customers) {
    const judged = yield* one(ask(getEligiblePromotions, { customer_id: customer.customer_id }));
    each.push(sentenceFor(`${capital(nameOf(customer))}, ${customer.loyalty_level},`, judged, about.said));
  }
  const sources = new Sources(found);
  const rule = sources.quote(guidelines, /begins in the future/, /One promotion per subscription/);
  return facts(lines(each), rule, {
    citations: sources.citations,
  });
}

function* customersIfNamed(about: Case) {
  try {
    return yield* findCustomers(about);
  } catch (error) {
    const [question = ''] = about.said;
    if (error instanceof NobodyNamed && (!aboutSomebody.test(question) || levels.test(question))) {
      return undefined;
    }
    throw error;
  }
}

const notStarted = /has not started/;

/** What is possible first; then the one that was asked for, or those that are still to come, and how many others there are. */
function sentenceFor(
  name: string,
  { promotions: eligible, not_eligible }: Judged,
  said: readonly string[],
): string {
  const open = eligible
    .toSorted((a, b) => b.discount_percent - a.discount_percent)
    .map((offer) => `${offer.name}: ${offer.discount_percent} % off, until ${offer.end_date}`);
  const named = not_eligible.filter((offer) => isNamed(offer.name, said));
  const coming = not_eligible.filter(({ reason }) => notStarted.test(reason));
  const told = named.length > 0 ? named : coming;
  const refused = told.map((offer) => `"${offer.name}" is not possible today: ${lower(offer.reason)}`);
  const suspension = not_eligible.find(({ reason }) => /suspended/i.test(reason))?.reason;
  const possible =
    open.length === 0
      ? `${name} can have no promotion today.${suspension === undefined ? '' : ` ${suspension}`}`
      : `${name} can have today: ${listed(open)}.${open.length > 1 ? ' The first has the highest percentage.' : ''}`;
  const others = not_eligible.length - told.length;
  const rest =
    others === 0
      ? ''
      : ` ${counted(others, 'other is', 'others are')} not possible; ask for one by its name to hear why.`;
  const not = refused.length === 0 ? '' : `${capital(listed(refused))}.`;
  return named.length > 0 ? `${not} ${possible}` : `${possible} ${not}${rest}`;
}

function* inGeneral(said: string): Steps<Draft> {
  const [{ promotions: every }, found]: [z.output<typeof getPromotions.output>, Found] = yield* all(
    ask(getPromotions, {}),
    search('promotion eligibility running loyalty level one at a time'),
  );
  const sources = new Sources(found);
  const named = every.filter(({ name }) => isNamed(name, [said]));
  const level = levels.exec(said)?.[0].toLowerCase();
  const running = every
    .filter(({ status }) => status === 'running')
    .filter(
      ({ loyalty_levels }) =>
        level === undefined ||
        loyalty_levels.length === 0 ||
        loyalty_levels.some((one_) => one_.toLowerCase() === level),
    );
  const list = (named.length > 0 ? named : running).map(
    ({ name, description, status, start_date, end_date }) =>
      `${name} (${status}, ${start_date} to ${end_date}): ${description.replace(/\.$/, '')}`,
  );
  const rule = sources.quote(guidelines, /loyalty level of the customer/);
  return facts(
    list.length === 0
      ? 'No such promotion is running.'
      : `${named.length > 0 ? '' : 'Running now: '}${listed(list)}.`,
    named.length > 0 ? [] : rule,
    { citations: sources.citations, followUp: 'For which customer? Then I can say which of them fit.' },
  );
}

/** Whether a promotion is named, with a word of its name that others do not have. */
function isNamed(name: string, said: readonly string[]): boolean {
  const words = new Set(said.flatMap(wordsOf));
  return wordsOf(name).some((word) => word.length > 3 && !general.has(word) && words.has(word));
}

function lower(reason: string): string {
  return reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '');
}
