import type { TenantId } from '../../identity/tenant.ts';
import type { PeopleStore } from '../../storage/people-store.ts';
import { callbackPath } from '../proxy/parts.ts';
import { type Upstream, UpstreamRefused, type UpstreamTokens, type Wanted } from '../proxy/upstream.ts';
import { issuerOf, issuersOf, type TenantSite } from '../tenant-site.ts';
import { type OwnTokens, userOf } from '../tokens/own-tokens.ts';
import { claimedBy, refusedPasskey, relyingParty, verifyAuthentication } from './passkeys.ts';

export interface PasskeyUpstreamOptions {
  readonly tokens: OwnTokens;
  readonly peopleOf: (tenant: TenantId) => PeopleStore;
}

/** Where the page is on which a person uses their passkey, below a tenant's address. */
export const passkeyPath = '/oauth/passkey';

/**
 * Takes the place of the identity provider where there is none: people sign in here, with a passkey. What a client has is asked
 * of the account at every token, so that who is removed gets none.
 */
export function passkeyUpstream({ tokens, peopleOf }: PasskeyUpstreamOptions): Upstream {
  async function tokensFor(site: TenantSite, id: string, wanted: Wanted): Promise<UpstreamTokens> {
    const person = await peopleOf(site.slug).get(id);
    if (person === undefined) {
      throw new UpstreamRefused({ error: 'invalid_grant', code: undefined, providerId: undefined });
    }
    const subject = `own:${person.id}`;
    const { client: clientId, ...named } = wanted;
    const issued = await tokens.issue({
      site,
      subject,
      name: person.name,
      clientId,
      roles: person.roles,
      ...named,
    });
    return {
      accessToken: issued.response.access_token,
      refreshToken: person.id,
      expiresIn: issued.response.expires_in,
      user: userOf(site, subject),
      tid: site.tenantIds[0] ?? '',
      tokenId: issued.id,
    };
  }
  return {
    authorizationUrl: (_site, { state, callback }) =>
      `${callback.slice(0, -callbackPath.length)}${passkeyPath}?handle=${encodeURIComponent(state)}`,
    issuersOf,
    async accept(answer, challenge, { site, request }) {
      const people = peopleOf(site.slug);
      const claimed = claimedBy(answer);
      const person = await people.get(claimed.person);
      const passkey = await people.passkey(claimed.person, claimed.passkey);
      if (person === undefined || passkey === undefined) {
        throw refusedPasskey();
      }
      const party = relyingParty(issuerOf(site, request), site.displayName);
      const used = await verifyAuthentication(answer, passkey, party, challenge);
      if (used.counter !== passkey.counter) {
        await people.counted(person.id, used);
      }
      return person.id;
    },
    redeem: (site, { code }, wanted) => tokensFor(site, code, wanted),
    refresh: tokensFor,
  };
}
