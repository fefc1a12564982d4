import type { Surroundings } from '../world.ts';
import { otherOf, type Tenant } from './case.ts';

const longAgo = Math.floor(Date.now() / 1000) - 7200;

/** Where the token proves nothing, nothing but the reason is passed on. */
export const unproven: readonly [
  what: string,
  status: number,
  reason: string,
  token: (surroundings: Surroundings, tenant: Tenant) => Promise<string | undefined>,
][] = [
  ['no token', 401, 'TokenNotPresent', async () => undefined],
  [
    'an expired token',
    401,
    'TokenExpired',
    ({ authority }, tenant) => authority.token(tenant, { iat: longAgo, nbf: longAgo, exp: longAgo + 3600 }),
  ],
  ['a forged token', 401, 'TokenSignatureKeyNotFound', ({ authority }, tenant) => authority.forged(tenant)],
  [
    'a token without an object id',
    401,
    'TokenClaimNotFound',
    ({ authority }, tenant) => authority.token(tenant, { oid: undefined }),
  ],
  [
    "another organisation's token",
    403,
    'TokenIssuerNotAllowed',
    ({ authority }, tenant) => authority.token(otherOf(tenant)),
  ],
];
