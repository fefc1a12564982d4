import { integer, nullable, oneOf, recordCodec, text } from '#platform/storage/codec';
import { cityOf } from '../../rules/city.ts';
import { type Customer, type CustomerSummary, loyaltyLevels } from '../../rules/model.ts';

/** A customer as the directory has them: what lists show, and what is searched besides and not shown. */
export interface Listed extends CustomerSummary {
  readonly phone: string | null;
  readonly city: string | null;
}

export const listedCustomer = recordCodec<Listed>({
  customer_id: integer,
  first_name: text,
  last_name: text,
  email: text,
  loyalty_level: oneOf(loyaltyLevels),
  phone: nullable(text),
  city: nullable(text),
});

/** What the directory says of a customer. @param customer without an address, no city finds them */
export function listedOf(
  customer: CustomerSummary & Pick<Customer, 'phone'> & Partial<Pick<Customer, 'address'>>,
): Listed {
  const { address, ...rest } = customer;
  return { ...rest, city: (address === undefined ? undefined : cityOf(address)) ?? null };
}

/** What a list shows. */
export function shown({ phone: _phone, city: _city, ...summary }: Listed): CustomerSummary {
  return summary;
}
