import { paddedId } from '#platform/storage/keys';
import type { Listed, PlansOf } from './listed.ts';
import { cityBegins, digitsOf, hasPhone, hasPlan, normalize, type Wanted } from './wanted.ts';

/** Under which a customer is found: by the beginning of a text, each kind in partitions of its own. */
export interface Term {
  readonly kind: 'text' | 'city' | 'phone' | 'plan';
  readonly text: string;
}

/** Characters of a term at most; keys have 512, and one character can take five. What is longer is compared with the customer. */
export const longestTerm = 64;

/** All terms of a customer, each once: id, full name, each later word of it, e-mail address, city, the phone from its end, and plans. */
export function termsOf(customer: Listed): Term[] {
  const { phone, city } = customer;
  const terms: Term[] = [
    ...[...new Set(textsOf(customer))].map((text) => ({ kind: 'text' as const, text })),
    ...(city === null ? [] : [{ kind: 'city' as const, text: normalize(city) }]),
    ...(phone === null ? [] : [{ kind: 'phone' as const, text: reversed(digitsOf(phone)) }]),
  ];
  return terms
    .map(({ kind, text }) => ({ kind, text: text.slice(0, longestTerm) }))
    .filter(({ text }) => text !== '')
    .concat(planTermsOf(customer));
}

/** The terms of plans alone. An id is whole in its term, so that none is the beginning of another one. */
export function planTermsOf({ plans }: Pick<Listed | PlansOf, 'plans'>): Term[] {
  return (plans ?? []).map((plan) => ({ kind: 'plan', text: paddedId(plan) }));
}

/** Which terms lead to those wanted. A long number can be a phone and an id. */
export function beginningsOf(wanted: Wanted): [Term, ...Term[]] {
  if (wanted.kind === 'plan') {
    return [{ kind: 'plan', text: paddedId(wanted.plan) }];
  }
  const text: Term = { kind: 'text', text: wanted.text.slice(0, longestTerm) };
  if (wanted.kind === 'city') {
    return [{ ...text, kind: 'city' }];
  }
  if (wanted.kind === 'text') {
    return [text];
  }
  const phone: Term = { kind: 'phone', text: reversed(wanted.digits).slice(0, longestTerm) };
  return /^\d{1,10}$/.test(wanted.text) ? [phone, text] : [phone];
}

/** Whether a customer is one of those wanted, by the beginning of a word. */
export function begins(customer: Listed, wanted: Wanted): boolean {
  if (wanted.kind === 'plan') {
    return hasPlan(customer, wanted.plan);
  }
  return wanted.kind === 'city'
    ? cityBegins(customer, wanted.text)
    : hasPhone(customer, wanted) || textsOf(customer).some((text) => text.startsWith(wanted.text));
}

function textsOf({ customer_id, first_name, last_name, email }: Listed): string[] {
  return [String(customer_id), ...beginnings(`${first_name} ${last_name}`), normalize(email)];
}

/** A name from each of its words on: `ann mary lee`, `mary lee`, `lee`. */
function beginnings(name: string): string[] {
  const text = normalize(name);
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => text.slice(index));
}

const reversed = (digits: string) => [...digits].reverse().join('');
