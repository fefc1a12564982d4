import type { JWTPayload } from 'jose';
import { textsOf } from '../../identity/claims.ts';
import type { RoleMapping } from './issuer.ts';

/** The roles that an assertion's claim stands for; none when nothing is mapped. */
export function mappedRoles(payload: JWTPayload, { claim, values }: RoleMapping): readonly string[] {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  const held = textsOf(typeof value === 'string' ? [value] : value);
  return [...new Set(held.flatMap((each) => (Object.hasOwn(values, each) ? (values[each] ?? []) : [])))];
}
