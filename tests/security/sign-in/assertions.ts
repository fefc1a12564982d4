import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { localTenant } from '#emulators/identity/tenants';
import type { Claims } from '../../support/authority.ts';
import type { Forgery } from '../../support/token-signing.ts';
import type { Attack } from './attack.ts';
import { assertProblem, type Form, type Outcome, post, tokensOf } from './requests.ts';
import { enterpriseOf, routes, type World } from './world.ts';

export const tidOf = (tenant: 'contoso' | 'fabrikam') => localTenant(tenant).tenantIds[0];

/** An identity assertion that is right but for these claims. */
export function assertion(
  { authority, origin }: World,
  claims: Claims = {},
  forgery: Forgery = {},
  signer: 'contoso' | 'fabrikam' = 'contoso',
): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const right = {
    iss: enterpriseOf(signer, authority).issuer,
    aud: `${origin}/${routes.contoso}`,
    sub: 'person-1',
    resource: `${origin}/${routes.contoso}/mcp`,
    client_id: 'an-assistant',
    jti: randomUUID(),
    scope: 'mcp.access',
    groups: ['readers'],
    iat: seconds,
    exp: seconds + 300,
  };
  const header = { typ: 'oauth-id-jag+jwt', ...forgery.header };
  return authority.mint(tidOf(signer), { ...right, ...claims }, { ...forgery, header });
}

const formWith = (text: string, more: Form = {}): Form => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  client_id: 'an-assistant',
  assertion: text,
  ...more,
});

export const exchange = (world: World, text: string, more: Form = {}): Promise<Outcome> =>
  post(world, 'token', formWith(text, more));

/** An assertion with these claims is refused with these words. */
export const refusedAssertion = (what: string, claims: (world: World) => Claims, words: RegExp): Attack => ({
  name: `an identity assertion ${what}`,
  async run(world) {
    assertProblem(await exchange(world, assertion(world, claims(world))), 400, 'invalid_grant', words);
  },
});

export const rolesIn = (outcome: Outcome) => decodeJwt(tokensOf(outcome).access_token).roles;
