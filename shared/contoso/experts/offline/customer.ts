import type * as z from 'zod';
import { getAllCustomers } from '#contoso/tools/customers/get-all-customers';
import { getCustomerDetail } from '#contoso/tools/customers/get-customer-detail';
import {
  all,
  ask,
  NeedsInput,
  NobodyNamed,
  one,
  type Steps,
  ToolProblem,
} from '#platform/experts/models/offline/steps';
import type { Transcript } from '#platform/experts/models/offline/transcript';
import { toTerm } from '#platform/knowledge/terms';

export type CustomerDetail = z.output<typeof getCustomerDetail.output>;
export type HeldSubscription = CustomerDetail['subscriptions'][number];

const idPatterns = [
  /\bcustomer(?:\s+(?:number|no\.?|id))?(?:\s+is)?[\s:#]*(\d{1,10})\b/i,
  /\baccount(?:\s+(?:number|no\.?|of))?[\s:#]*(\d{1,10})\b/i,
  /^(?:it(?:['’]s| is)\s+|number\s+|no\.?\s*|#)?(\d{1,10})\W*$/i,
];
const emailPattern = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const introducedName =
  /\b(?:my name is|i am|i'm|this is|customer|for|of)\s+(\p{L}[\p{L}'-]+\s+\p{L}[\p{L}'-]+)/giu;
const titledName = /\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+(\p{Lu}[\p{L}'-]+)/gu;
const capitalisedName = /\p{Lu}[\p{L}'-]+\s+\p{Lu}[\p{L}'-]+/gu;
/** Words that are written like names and are none. */
const noNames =
  /^(?:mobile|internet|bundle|plan|plus|unlimited|gigabit|gold|silver|bronze|policy|discount|summer|winter|family|international|roaming|wi-fi|apple|mr|mrs|ms|miss|dr|hello|hi|dear|please)$/i;
const possessive = /['’]s$/;
/** Names that are looked up at most: each is a search. */
const mostNames = 3;
/** Customers of the same name that are listed. */
const mostNamesakes = 5;

const whoIsIt = 'Which customer is it about? Please give the customer number, or the first and last name.';

/**
 * The customer whom the question, or else what was said before, names by number, e-mail address or name.
 * @throws NeedsInput when nobody is named, nobody is found or several are
 */
export function* findCustomer({ question, earlier }: Transcript): Steps<CustomerDetail> {
  for (const text of [question, ...earlier]) {
    const id = customerIdIn(text);
    if (id !== undefined) {
      return yield* customerById(id);
    }
    const names = namesIn(text);
    const found = names.length === 0 ? [] : yield* customersByName(names);
    const [only] = found;
    if (only !== undefined && found.length === 1) {
      return yield* customerById(only.customer_id);
    }
    if (found.length > 1) {
      throw severalCustomers(found);
    }
    if (names.length > 0 && text === question) {
      throw nobodyFound(names);
    }
  }
  throw new NobodyNamed(
    'The question does not say, or not clearly enough, which customer it is about.',
    whoIsIt,
  );
}

export function customerIdIn(text: string): number | undefined {
  for (const pattern of idPatterns) {
    const digits = pattern.exec(text.trim())?.[1];
    if (digits !== undefined) {
      return Number(digits);
    }
  }
  return undefined;
}

/** Whether a text is about one customer rather than about a rule for all of them. */
export function namesSomebody(text: string): boolean {
  return customerIdIn(text) !== undefined || namesIn(text).length > 0;
}

/** An e-mail address, or whatever looks like a first and a last name. */
function namesIn(text: string): string[] {
  const email = emailPattern.exec(text)?.[0];
  if (email !== undefined) {
    return [email];
  }
  const called = [titledName, introducedName].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  const capitalised = [...text.matchAll(capitalisedName)].map((match) => match[0]);
  const names = [...called, ...capitalised].map((name) => name.replace(possessive, '')).filter(isName);
  return [...new Set(names)].slice(0, mostNames);
}

function isName(words: string): boolean {
  return words.split(/\s+/).every((word) => toTerm(word) !== null && !noNames.test(word));
}

function* customersByName(names: readonly string[]) {
  const pages = yield* all(...names.map((search) => ask(getAllCustomers, { search, limit: mostNamesakes })));
  const found = pages.flatMap(({ customers }) => customers);
  return [...new Map(found.map((customer) => [customer.customer_id, customer])).values()];
}

function* customerById(id: number): Steps<CustomerDetail> {
  try {
    return yield* one(ask(getCustomerDetail, { customer_id: id }));
  } catch (error) {
    if (!(error instanceof ToolProblem)) {
      throw error;
    }
    throw new NeedsInput(`Customer ${id} could not be looked up: there is no such customer here.`, whoIsIt);
  }
}

function severalCustomers(found: readonly { customer_id: number; first_name: string; last_name: string }[]) {
  const list = found.map(
    ({ customer_id, first_name, last_name }) => `${first_name} ${last_name} (${customer_id})`,
  );
  return new NeedsInput(
    `Several customers fit: ${list.join(', ')}.`,
    'Which of them is meant? Please give the customer number.',
  );
}

function nobodyFound(names: readonly string[]) {
  return new NeedsInput(`No customer was found for ${names.join(', ')}.`, whoIsIt);
}

/** The subscription that is meant: the one named by its number, else the preferred one, else the first. */
export function chooseSubscription(
  { customer_id, subscriptions }: CustomerDetail,
  question: string,
  preferred: (subscription: HeldSubscription) => boolean = ({ status }) => status === 'active',
): HeldSubscription {
  const named = Number(/\bsubscription\s+(?:number\s+)?(\d{1,10})\b/i.exec(question)?.[1]);
  const chosen =
    subscriptions.find(({ subscription_id }) => subscription_id === named) ??
    subscriptions.find(preferred) ??
    subscriptions[0];
  if (chosen === undefined) {
    throw new NeedsInput(
      `Customer ${customer_id} has no subscription.`,
      'Is it about another customer? Please give the customer number.',
    );
  }
  return chosen;
}
