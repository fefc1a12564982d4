import { findCustomer } from '#contoso/experts/offline/customer';
import { getEligiblePromotions } from '#contoso/tools/catalog/get-eligible-promotions';
import { getPromotions } from '#contoso/tools/catalog/get-promotions';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, NobodyNamed, type Steps } from '#platform/experts/models/offline/steps';
import { search } from '../search.ts';

const guidelines = 'Promotion Eligibility Guidelines';

/** Which promotions a customer can have today; without a customer, which ones run. */
export function* promotions(about: Case): Steps<Draft> {
  const customer = yield* customerIfNamed(about);
  return customer === undefined ? yield* runningPromotions() : yield* promotionsFor(customer);
}

function* customerIfNamed({ transcript }: Case): Steps<ReturnType<typeof nameOf> | undefined> {
  try {
    return nameOf(yield* findCustomer(transcript));
  } catch (error) {
    const isAboutSomebody = /\b(?:i|my|me|customer)\b/i.test(transcript.question);
    if (error instanceof NobodyNamed && !isAboutSomebody) {
      return undefined;
    }
    throw error;
  }
}

function nameOf(customer: {
  customer_id: number;
  first_name: string;
  last_name: string;
  loyalty_level: string;
}) {
  const { customer_id, first_name, last_name, loyalty_level } = customer;
  return { customer_id, name: `${first_name} ${last_name}, ${loyalty_level}` };
}

function* promotionsFor({ customer_id, name }: ReturnType<typeof nameOf>): Steps<Draft> {
  const [{ promotions: eligible, not_eligible }, found] = yield* all(
    ask(getEligiblePromotions, { customer_id }),
    search('promotion eligibility running loyalty level one at a time'),
  );
  const sources = new Sources(found);
  const open = eligible.map(
    (offer) =>
      `${offer.name}: ${offer.discount_percent} % off, until ${offer.end_date}. ${offer.description}`,
  );
  return {
    status: 'done',
    headline:
      open.length === 0
        ? `Customer ${customer_id} (${name}) can have no promotion today.`
        : `Customer ${customer_id} (${name}) can have today:`,
    findings: [
      ...open,
      ...not_eligible.map((offer) => `Not possible today: ${offer.name}. ${offer.reason}`),
      ...sources.quote(guidelines, /begins in the future/, /One promotion per subscription/),
    ],
    citations: sources.citations,
    actions: eligible.map((offer) => `Agree to "${offer.name}" for customer ${customer_id}.`),
  };
}

function* runningPromotions(): Steps<Draft> {
  const [{ promotions: every }, found] = yield* all(
    ask(getPromotions, {}),
    search('promotion eligibility running loyalty level one at a time'),
  );
  const sources = new Sources(found);
  return {
    status: 'done',
    headline: 'These promotions are running:',
    findings: [
      ...every
        .filter(({ status }) => status === 'running')
        .map(({ name, description, end_date }) => `${name}, until ${end_date}: ${description}`),
      ...sources.quote(guidelines, /loyalty level of the customer/),
    ],
    citations: sources.citations,
    followUp: 'For which customer? Then I can say which of them fit.',
  };
}
