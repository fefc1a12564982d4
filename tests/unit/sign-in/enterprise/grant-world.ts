import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { openRoles } from '#platform/access/roles';
import { enterpriseGrant, jwtBearerGrant } from '#platform/sign-in/enterprise/grant';
import type { EnterpriseIssuer } from '#platform/sign-in/enterprise/issuer';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import type { SignedIn } from '#platform/sign-in/records';
import { ownTokens } from '#platform/sign-in/tokens/own-tokens';
import type { Forgery } from '#tests/support/token-signing';
import { type Authority, type Claims, startAuthority } from '../../../support/authority.ts';
import { siteOf } from '../sites.ts';

export const acme = siteOf('acme');
export const other = siteOf('other');
export const acmeIdp = 'a0000000-0000-4000-8000-00000000000a';
export const otherIdp = 'b0000000-0000-4000-8000-00000000000b';
export const signingClient = 'c0000000-0000-4000-8000-00000000000c';
export const document = 'https://client.example/metadata.json';
export const secret = 'a secret of the client, made at random';
/** While it is replaced, both count. */
export const nextSecret = 'the next secret of the client, made at random, too';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const now = new Date();
export const seconds = Math.floor(now.getTime() / 1_000);

export const recorded: SignedIn[] = [];

/** Where the keys of the identity providers are, once they were started. */
export let authority: Authority;

/** Starts the identity providers for the tests of the file that calls it, and stops them. */
export function useAuthority(): void {
  beforeAll(async () => {
    authority = await startAuthority();
  });
  afterAll(() => authority.stop());
}

const keysOf = (id: string) => `${authority.url}/${id}/discovery/v2.0/keys`;
const issuerOf = (id: string): EnterpriseIssuer => ({
  issuer: `https://idp.example/${id}`,
  jwksUri: keysOf(id),
  clients: [
    { id: document },
    { id: 'with-secret', secretSha256: [secret, nextSecret].map(sha256).join() },
    { id: 'with-key', jwksUri: keysOf(signingClient) },
  ],
  roles: { claim: 'groups', values: { readers: ['reader'], 'all of it': ['reader', 'writer'] } },
});

export function world(change: Partial<EnterpriseIssuer> = {}, applications: readonly string[] = []) {
  const roles = openRoles({ reader: ['things.read'], writer: ['things.write'] });
  const used = new Set<string>();
  const common = { scope: 'mcp.access', applications, now: () => now };
  const sites = [acme, other];
  const grant = enterpriseGrant({
    ...common,
    issuers: new Map([
      [acme.slug, [{ ...issuerOf(acmeIdp), ...change }]],
      [other.slug, [issuerOf(otherIdp)]],
    ]),
    tokens: ownTokens({ ...common, keys: ownKeys(['a secret of the deployment']), sites, roles }),
    useOnce: (tenant) => async (id) => {
      const isFirst = !used.has(`${tenant} ${id}`);
      used.add(`${tenant} ${id}`);
      return isFirst;
    },
    scopePrefix: 'api://the-api',
    records: { signedIn: (entry) => recorded.push(entry) },
  });
  return (parameters: Record<string, string>, { site = acme, headers = {} } = {}) =>
    grant({
      form: new Map(Object.entries({ grant_type: jwtBearerGrant, ...parameters })),
      site,
      correlationId: 'the request',
      request: new Request(`${site.base}/oauth/token`, { method: 'POST', headers }),
    });
}

export const assertion = (claims: Claims = {}, forgery: Forgery = {}) =>
  authority.mint(
    acmeIdp,
    {
      iss: `https://idp.example/${acmeIdp}`,
      aud: acme.base,
      sub: 'person-1',
      resource: `${acme.base}/mcp`,
      client_id: document,
      jti: randomUUID(),
      scope: 'mcp.access',
      groups: ['readers', 'of no meaning here'],
      roles: ['writer'],
      iat: seconds,
      exp: seconds + 300,
      ...claims,
    },
    { ...forgery, header: { typ: 'oauth-id-jag+jwt', ...forgery.header } },
  );
export const problem = (error: string, words: RegExp) =>
  expect.objectContaining({ error, message: expect.stringMatching(words) });
