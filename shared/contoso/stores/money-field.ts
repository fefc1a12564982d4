import { InvalidInput } from '#platform/errors';
import { type Field, integer } from '#platform/storage/codec';
import { parseAmount, toDollars } from '../rules/money.ts';

/** Dollars with at most two decimals; kept as whole cents, so that no fraction is ever lost or made up. */
export const money: Field<number> = {
  encode(dollars) {
    const cents = parseAmount(dollars);
    if (cents === undefined) {
      throw new InvalidInput('An amount of money has at most two decimals.');
    }
    return BigInt(cents);
  },
  decode: (stored) => toDollars(integer.decode(stored)),
};
