import type { Faker } from '@faker-js/faker';
import { type Customer, loyaltyLevels } from '#contoso/rules/model';
import type { SeedContext } from './context.ts';
import { dealEvenly } from './deal.ts';

/** Customers without a scenario; the scenarios' customers follow with ids 251 to 259. */
export const generatedCustomers = 250;

type Person = Pick<Customer, 'first_name' | 'last_name' | 'loyalty_level'>;

export function generateCustomers(context: SeedContext): Customer[] {
  const random = context.randomFor('customers');
  return dealEvenly(random, generatedCustomers, loyaltyLevels).map((loyalty_level) =>
    customerRecord(context, random, {
      first_name: random.person.firstName(),
      last_name: random.person.lastName(),
      loyalty_level,
    }),
  );
}

/** Completes a person to a customer of the tenant; the id in the e-mail address keeps namesakes apart. */
export function customerRecord(context: SeedContext, random: Faker, person: Person): Customer {
  const customer_id = context.nextId('customer');
  return {
    customer_id,
    first_name: person.first_name,
    last_name: person.last_name,
    email: `${mailName(person)}.${customer_id}@mail.${context.tenant}.example`,
    phone: phoneNumber(random),
    address: `${random.location.streetAddress()}, ${random.location.city()}, ${random.location.state({ abbreviated: true })} ${random.location.zipCode('#####')}`,
    loyalty_level: person.loyalty_level,
  };
}

function mailName({ first_name, last_name }: Person): string {
  return `${first_name}.${last_name}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
}

/** 555-0100 to 555-0199 are kept for fiction by the North American Numbering Plan. */
function phoneNumber(random: Faker): string {
  return `+1-${random.string.numeric({ length: 3, allowLeadingZeros: false })}-555-01${random.string.numeric(2)}`;
}
