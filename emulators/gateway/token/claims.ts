import type { JWTPayload } from 'jose';
import { TokenRefused } from './refused.ts';

export interface RequiredClaim {
  readonly name: string;
  /** Accepted values; an empty list asks only that the claim is there. */
  readonly values: readonly string[];
  /** Whether all values have to be in the token, or any one of them. */
  readonly all: boolean;
  /** Splits a claim that holds several values in one text; empty for none. */
  readonly separator: string;
}

/** An empty list of accepted values accepts everything, as in API Management. */
export function requireAny(
  reason: string,
  what: string,
  accepted: readonly string[],
  values: readonly string[],
): void {
  if (accepted.length === 0 || accepted.some((one) => values.includes(one))) {
    return;
  }
  throw new TokenRefused(reason, `The ${what} of the token is not accepted.`);
}

export function requireClaim({ name, values, all, separator }: RequiredClaim, payload: JWTPayload): void {
  const claimed = textsOf(payload[name], separator);
  if (claimed.length === 0) {
    throw new TokenRefused('TokenClaimNotFound', `The token lacks the claim ${name}.`);
  }
  const found = values.filter((value) => claimed.includes(value));
  const enough = values.length === 0 || (all ? found.length === values.length : found.length > 0);
  if (!enough) {
    throw new TokenRefused('TokenClaimValueNotAllowed', `The claim ${name} is not accepted.`);
  }
}

/** A claim as a list of texts; nothing when it is absent or empty. */
export function textsOf(value: unknown, separator: string): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  const texts = list.filter((entry) => ['string', 'number', 'boolean'].includes(typeof entry)).map(String);
  return texts
    .flatMap((text) => (separator === '' ? [text] : text.split(separator)))
    .filter((text) => text !== '');
}
