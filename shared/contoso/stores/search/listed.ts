import * as z from 'zod';
import { type Field, integer, json, nullable, oneOf, recordCodec, text } from '#platform/storage/codec';
import { cityOf } from '../../rules/city.ts';
import { type Customer, type CustomerSummary, loyaltyLevels, type Subscription } from '../../rules/model.ts';

/** A customer as the directory has them: what lists show, and what is searched besides and not shown. */
export interface Listed extends CustomerSummary {
  readonly phone: string | null;
  readonly city: string | null;
  /** Product ids of their subscriptions, each once, in ascending order; null where they are not known. */
  readonly plans: readonly number[] | null;
}

/** Which plans a customer is to have, where nothing else changes by which they are found. */
export interface PlansOf {
  readonly customer_id: number;
  readonly plans: readonly number[];
}

/** Product ids, as JSON. */
const planIds: Field<readonly number[]> = {
  encode: json.encode,
  decode: (stored) => z.array(z.int()).parse(json.decode(stored)),
};

export const listedCustomer = recordCodec<Listed>({
  customer_id: integer,
  first_name: text,
  last_name: text,
  email: text,
  loyalty_level: oneOf(loyaltyLevels),
  phone: nullable(text),
  city: nullable(text),
  plans: nullable(planIds),
});

export const plansOf = recordCodec<PlansOf>({ customer_id: integer, plans: planIds });

/**
 * What the directory says of a customer.
 * @param customer without an address, no city finds them
 * @param subscriptions all of theirs; left out where they are not known
 */
export function listedOf(
  customer: CustomerSummary & Pick<Customer, 'phone'> & Partial<Pick<Customer, 'address'>>,
  subscriptions?: readonly Pick<Subscription, 'product_id'>[],
): Listed {
  const { address, ...rest } = customer;
  return {
    ...rest,
    city: (address === undefined ? undefined : cityOf(address)) ?? null,
    plans: subscriptions === undefined ? null : plansIn(subscriptions),
  };
}

/** The plans of these subscriptions, whatever their status. */
export function plansIn(subscriptions: readonly Pick<Subscription, 'product_id'>[]): number[] {
  return [...new Set(subscriptions.map(({ product_id }) => product_id))].sort((one, other) => one - other);
}

/** What a list shows. */
export function shown({ phone: _phone, city: _city, plans: _plans, ...summary }: Listed): CustomerSummary {
  return summary;
}
