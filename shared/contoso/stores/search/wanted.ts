import type { Listed } from './listed.ts';

/** What a search is for. */
export type Wanted =
  /** Part of a name, an e-mail address or an id; empty is everybody. */
  | { readonly kind: 'text'; readonly text: string }
  /** The beginning of a city's name. */
  | { readonly kind: 'city'; readonly text: string }
  /** A whole telephone number, as its digits, which may as well be an id. */
  | { readonly kind: 'phone'; readonly text: string; readonly digits: string }
  /** Whoever has a subscription of this product. */
  | { readonly kind: 'plan'; readonly plan: number };

/** A part of a number would find too many. */
const leastPhoneDigits = 9;
const cityPattern = /^city:\s*(\S.*)$/;

/** @param search as the caller typed it; one for a plan is read by `wantedPlan` */
export function wantedOf(search: string): Wanted {
  const text = normalize(search);
  const city = cityPattern.exec(text)?.[1];
  if (city !== undefined) {
    return { kind: 'city', text: city };
  }
  const digits = /^[+\d() .-]+$/.test(text) ? digitsOf(text) : '';
  return digits.length >= leastPhoneDigits ? { kind: 'phone', text, digits } : { kind: 'text', text };
}

/** Whether a customer is one of those wanted, wherever in the text the words stand. */
export function contains(customer: Listed, wanted: Wanted): boolean {
  if (wanted.kind === 'plan') {
    return hasPlan(customer, wanted.plan);
  }
  if (wanted.kind === 'city') {
    return cityBegins(customer, wanted.text);
  }
  const { customer_id, first_name, last_name, email } = customer;
  return (
    wanted.text === '' ||
    normalize(`${customer_id} ${first_name} ${last_name} ${email}`).includes(wanted.text) ||
    hasPhone(customer, wanted)
  );
}

export function cityBegins({ city }: Listed, text: string): boolean {
  return city !== null && normalize(city).startsWith(text);
}

export function hasPhone({ phone }: Listed, wanted: Wanted): boolean {
  return wanted.kind === 'phone' && phone !== null && digitsOf(phone).endsWith(wanted.digits);
}

export function hasPlan({ plans }: Listed, plan: number): boolean {
  return plans?.includes(plan) ?? false;
}

export const digitsOf = (text: string) => text.replace(/\D/g, '');

/** The same text for the same letters, however they were typed. */
export function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
