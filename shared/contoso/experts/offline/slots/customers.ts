import type * as z from 'zod';
import { getAllCustomers } from '#contoso/tools/customers/get-all-customers';
import { getCustomerDetail } from '#contoso/tools/customers/get-customer-detail';
import { counted } from '#platform/counted';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { isTypoOf } from '#platform/experts/models/offline/spelling';
import {
  all,
  ask,
  NeedsInput,
  NobodyNamed,
  one,
  type Steps,
  ToolProblem,
} from '#platform/experts/models/offline/steps';
import { namesIn, type PossibleName } from './names.ts';
import { mostCustomers, numbersIn } from './numbers.ts';

export type CustomerDetail = z.output<typeof getCustomerDetail.output>;
export type HeldSubscription = CustomerDetail['subscriptions'][number];
type Summary = z.output<typeof getAllCustomers.output>['customers'][number];

const emailPattern = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** A telephone number, which is no date. */
const phonePattern = /(?:\+|(?<![\d-])(?!\d{4}-\d{2}-\d{2}))\d[\d() -]{8,}\d/g;
const mostNamesakes = 50;
const searchedLetters = 4;

export const whoIsIt =
  'Which customer is it about? Please give the customer number, the full name, the e-mail address or the phone number.';

/** @throws NeedsInput when not one customer is meant, or none */
export function* findCustomer(about: Case): Steps<CustomerDetail> {
  const [first, ...more] = yield* findCustomers(about);
  if (first === undefined || more.length > 0) {
    throw new NeedsInput('This is done for one customer at a time.', whoIsIt);
  }
  return first;
}

/**
 * The customers whom the question, or else what was said before, names: by number, e-mail address, phone or name, in the order in
 * which they are named.
 * @throws NeedsInput when nobody is named, nobody is found, or a name fits several
 */
export function* findCustomers({ transcript: { question, earlier } }: Case): Steps<CustomerDetail[]> {
  for (const [place, text] of [question, ...earlier].entries()) {
    const found = yield* namedIn(text, place === 0 ? earlier : []);
    if (found.length > mostCustomers) {
      throw new NeedsInput(
        `That is about ${counted(found.length, 'customer')}; at most ${mostCustomers} are looked up at once.`,
        'Which of them should be looked up first?',
      );
    }
    if (found.length > 0) {
      const details: CustomerDetail[] = [];
      for (const id of found) {
        details.push(yield* customerById(id));
      }
      return details;
    }
  }
  throw new NobodyNamed(
    'The question does not say, or not clearly enough, which customer it is about.',
    whoIsIt,
  );
}

/** Whether a text is about single customers rather than about a rule for all of them. */
export function namesSomebody(text: string): boolean {
  return (
    /\b(?:customer|cust|account)\s+\d/i.test(text) ||
    emailPattern.test(text) ||
    namesIn(text).some(({ isClear }) => isClear)
  );
}

function* namedIn(text: string, earlier: readonly string[]): Steps<number[]> {
  const { customers } = numbersIn(text);
  const addresses = [...(text.match(emailPattern) ?? []), ...(text.match(phonePattern) ?? [])];
  const byAddress: number[] = [];
  for (const address of addresses) {
    const { customers: found } = yield* one(ask(getAllCustomers, { search: address, limit: 2 }));
    byAddress.push(...found.map(({ customer_id }) => customer_id));
    if (found.length === 0) {
      throw nobodyFound(address);
    }
  }
  const names = customers.length + byAddress.length > 0 ? [] : namesIn(text);
  const byName = names.length === 0 ? [] : yield* customersCalled(names, earlier.flatMap(namesIn));
  return [...new Set([...customers, ...byAddress, ...byName])];
}

function* customersCalled(names: readonly PossibleName[], before: readonly PossibleName[]): Steps<number[]> {
  const words = [...new Set(names.flatMap((name) => name.words))];
  const pages = yield* all(
    ...words.map((word) =>
      ask(getAllCustomers, { search: word.slice(0, searchedLetters), limit: mostNamesakes }),
    ),
  );
  const known = new Map(
    pages.flatMap(({ customers }) => customers.map((one) => [one.customer_id, one] as const)),
  );
  const found: number[] = [];
  for (const { words: called } of names) {
    const fitting = fittingBest([...known.values()], called);
    const narrowed = fitting.length > 1 ? narrow(fitting, before) : fitting;
    if (narrowed.length > 1) {
      throw severalCustomers(
        narrowed,
        pages.some(({ next_cursor }) => next_cursor !== undefined),
      );
    }
    found.push(...narrowed.map(({ customer_id }) => customer_id));
  }
  const clear = names.find(({ isClear }) => isClear);
  if (found.length === 0 && clear !== undefined) {
    throw nobodyFound(clear.words.join(' '));
  }
  return found;
}

/** Those who have most of the words in their name. */
function fittingBest(customers: readonly Summary[], words: readonly string[]): Summary[] {
  const scored = customers.map((customer) => ({
    customer,
    score: words.reduce((sum, word) => sum + likeness(customer, word), 0),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ customer }) => customer);
}

function isCalled(customer: Summary, word: string): boolean {
  return likeness(customer, word) > 0;
}

/** What a word that is spelt a little differently counts for. */
const likeTypo = 0.6;

function likeness({ first_name, last_name }: Summary, word: string): number {
  const parts = `${first_name} ${last_name}`.toLowerCase().split(/[^\p{L}]+/u);
  if (parts.includes(word)) {
    return 1;
  }
  return parts.some((part) => isTypoOf(word, part)) ? likeTypo : 0;
}

/** Of several, those who also fit what was said before. */
function narrow(customers: readonly Summary[], before: readonly PossibleName[]): Summary[] {
  const fitting = customers.filter((customer) =>
    before.some(({ words }) => words.some((word) => isCalled(customer, word))),
  );
  return fitting.length > 0 ? fitting : [...customers];
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

function severalCustomers(found: readonly Summary[], isCut: boolean): NeedsInput {
  const list = found.map(
    ({ customer_id, first_name, last_name, email, loyalty_level }) =>
      `${customer_id} ${first_name} ${last_name} (${loyalty_level}, ${email})`,
  );
  return new NeedsInput(
    `Several customers fit: ${list.join('; ')}${isCut ? '; and there may be more' : ''}.`,
    'Which of them is meant? Please give the customer number or the first name.',
  );
}

function nobodyFound(name: string): NeedsInput {
  return new NeedsInput(`No customer was found for ${name}.`, whoIsIt);
}
