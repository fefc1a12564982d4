import { InvalidInput } from '#platform/errors';
import { encodeCursor, type Place } from '#platform/storage/cursor';
import type { CustomerSummary } from '../../rules/model.ts';
import type { Listed } from './listed.ts';

/** A page of those found. */
export interface Found<Customer = CustomerSummary> {
  readonly customers: Customer[];
  readonly cursor?: string;
}

/** The part of a list that is asked for. */
export interface Part {
  /** What a cursor belongs to. */
  readonly search: string;
  readonly limit: number;
  readonly place: Place | undefined;
}

/** All who match, in the order of ids, from the place on. */
export function byId(matching: readonly Listed[], { search, limit, place }: Part): Found<Listed> {
  const after = afterOf(place) ?? 0;
  const rest = matching.filter(({ customer_id }) => customer_id > after).sort(inIdOrder);
  const customers = rest.slice(0, limit);
  const last = customers.at(-1);
  return rest.length > limit && last !== undefined
    ? { customers, cursor: encodeCursor(last.customer_id, search) }
    : { customers };
}

export const inIdOrder = (one: Listed, other: Listed) => one.customer_id - other.customer_id;

/**
 * The id after which a list goes on that goes by ids.
 * @throws InvalidInput when the place is one of another order
 */
export function afterOf(place: Place | undefined): number | undefined {
  if (place !== undefined && 'key' in place) {
    throw lostPlace();
  }
  return place?.after;
}

export function lostPlace(): InvalidInput {
  return new InvalidInput(
    'The cursor is of a list that has changed too much since; leave it out to start at the beginning.',
  );
}
