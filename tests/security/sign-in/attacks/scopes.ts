import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { localTenant } from '../../../../emulators/identity/tenants.ts';
import type { Claims, Forgery } from '../../../support/authority.ts';
import type { Attack } from '../attack.ts';
import { ask } from '../lying-provider.ts';
import {
  allow,
  assertProblem,
  assertToldToClient,
  authorize,
  authorizeAddress,
  type Form,
  newBrowser,
  type Outcome,
  post,
  redeem,
  redemptionOf,
  register,
  signIn,
  tokensOf,
} from '../requests.ts';
import { enterpriseOf, routes, type World } from '../world.ts';

const tidOf = (tenant: 'contoso' | 'fabrikam') => localTenant(tenant).tenantIds[0];

/** An identity assertion that is right but for these claims. */
function assertion(
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

const exchange = (world: World, text: string, more: Form = {}): Promise<Outcome> =>
  post(world, 'token', formWith(text, more));

/** An assertion with these claims is refused with these words. */
const refusedAssertion = (what: string, claims: (world: World) => Claims, words: RegExp): Attack => ({
  name: `an identity assertion ${what}`,
  async run(world) {
    assertProblem(await exchange(world, assertion(world, claims(world))), 400, 'invalid_grant', words);
  },
});

const rolesIn = (outcome: Outcome) => decodeJwt(tokensOf(outcome).access_token).roles;

export const scopes: readonly Attack[] = [
  {
    name: 'more scopes than there are',
    async run(world) {
      const browser = newBrowser(world, ({ origin }) => origin === world.provider.origin);
      const parameters = { scope: 'mcp.access admin Directory.ReadWrite.All' };
      const client = await register(world);
      const { url } = await browser.submit(
        await browser.open(authorizeAddress(world, { client, parameters })),
        allow,
      );
      assert.match(url.searchParams.get('scope') ?? '', /^\S+\/mcp\.access openid offline_access$/);
      assert.equal(tokensOf(await redeem(world, await signIn(world))).scope, 'mcp.access');
    },
  },
  {
    name: 'a resource that is not this service',
    async run(world) {
      const parameters = { resource: 'https://graph.example/' };
      const outcome = await authorize(world, { client: await register(world), parameters });
      assertToldToClient(outcome, world, 'invalid_target', /not an endpoint of this service/);
    },
  },
  {
    name: 'a resource of another organisation',
    async run(world) {
      const parameters = { resource: `${world.origin}/${routes.fabrikam}/mcp` };
      const outcome = await authorize(world, { client: await register(world), parameters });
      assertToldToClient(outcome, world, 'invalid_target', /not an endpoint of this service/);
    },
  },
  {
    name: 'a program that the deployment does not list, where it lists some',
    async run(world) {
      const { answer } = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const parameters = { redirect_uri: 'http://127.0.0.1:7998/oauth/callback' };
      const address = authorizeAddress(world, { client: 'mcp-inspector', parameters });
      const response = await answer(new Request(address, { headers: { host: new URL(world.origin).host } }));
      const location = response.headers.get('location') ?? '';
      assert.equal(response.status, 303, await response.text());
      assert.equal(new URL(location).searchParams.get('error'), 'unauthorized_client');
    },
  },
  {
    name: 'the code of a program that is listed no more',
    async run(world) {
      const signedIn = await signIn(world);
      const instance = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const outcome = await ask(world, instance, 'token', redemptionOf(signedIn));
      assertProblem(outcome, 400, 'unauthorized_client', /may not be used here/);
    },
  },
  {
    name: 'the refresh token of a program that is listed no more',
    async run(world) {
      const signedIn = await signIn(world);
      const { refresh_token } = tokensOf(await redeem(world, signedIn));
      const instance = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const form = { grant_type: 'refresh_token', client_id: signedIn.client, refresh_token };
      const outcome = await ask(world, instance, 'token', form);
      assertProblem(outcome, 400, 'unauthorized_client', /may not be used here/);
    },
  },
  {
    name: 'an identity assertion of another organisation’s issuer',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, {}, 'fabrikam'));
      assertProblem(outcome, 400, 'invalid_grant', /its issuer is not one of this organisation/);
    },
  },
  {
    name: 'an identity assertion that another issuer signed',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { keysOf: tidOf('fabrikam') }));
      assertProblem(outcome, 400, 'invalid_grant', /its signature is not valid/);
    },
  },
  {
    name: 'an identity assertion that nobody signed',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { alg: 'none' }));
      assertProblem(outcome, 400, 'invalid_grant', /an algorithm that is not accepted/);
    },
  },
  {
    name: 'an identity assertion that is signed with the public key as a secret',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { alg: 'HS256' }));
      assertProblem(outcome, 400, 'invalid_grant', /an algorithm that is not accepted/);
    },
  },
  {
    name: 'an access token of the issuer in place of an identity assertion',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { header: { typ: 'at+jwt' } }));
      assertProblem(outcome, 400, 'invalid_grant', /its typ is not right/);
    },
  },
  refusedAssertion(
    'for another authorization server',
    ({ origin }) => ({ aud: `${origin}/${routes.fabrikam}` }),
    /for another authorization server/,
  ),
  refusedAssertion(
    'for a resource of another organisation',
    ({ origin }) => ({ resource: `${origin}/${routes.fabrikam}/mcp` }),
    /it is for another resource/,
  ),
  refusedAssertion(
    'of another client',
    () => ({ client_id: 'another-assistant' }),
    /it is for another client/,
  ),
  refusedAssertion('that has expired', () => ({ iat: 1, exp: 301 }), /it has expired/),
  refusedAssertion(
    'that lives for a day',
    () => ({ exp: Math.floor(Date.now() / 1_000) + 86_400 }),
    /it lives too long/,
  ),
  refusedAssertion('that is bound to a key', () => ({ cnf: { jkt: 'a key' } }), /its claim cnf/),
  refusedAssertion('without the scope', () => ({ scope: 'profile' }), /does not name the scope/),
  {
    name: 'an identity assertion with a request for more than it says',
    async run(world) {
      const outcome = await exchange(world, assertion(world), { scope: 'admin' });
      assertProblem(outcome, 400, 'invalid_scope', /Ask for the scope mcp\.access/);
    },
  },
  {
    name: 'an identity assertion with a request for another resource',
    async run(world) {
      const resource = `${world.origin}/${routes.contoso}/agentic/mcp`;
      const outcome = await exchange(world, assertion(world), { resource });
      assertProblem(outcome, 400, 'invalid_target', /not the one that the assertion is for/);
    },
  },
  {
    name: 'an identity assertion of a client that the issuer does not list',
    async run(world) {
      const text = assertion(world, { client_id: 'a-stranger' });
      const outcome = await exchange(world, text, { client_id: 'a-stranger' });
      assertProblem(outcome, 401, 'invalid_client', /The client is not listed/);
    },
  },
  {
    name: 'an identity assertion that is used twice at once, at two instances',
    async run(world) {
      const text = assertion(world);
      const outcomes = await Promise.all([exchange(world, text), exchange(world, text)]);
      const refused = outcomes.filter(({ status }) => status !== 200);
      assert.equal(refused.length, 1);
      for (const outcome of refused) {
        assertProblem(outcome, 400, 'invalid_grant', /it was used before/);
      }
    },
  },
  {
    name: 'roles that an identity assertion claims by itself',
    async run(world) {
      const outcome = await exchange(world, assertion(world, { groups: ['nobody'], roles: ['security'] }));
      assert.deepEqual(rolesIn(outcome), []);
    },
  },
  {
    name: 'an access token of one endpoint at the other',
    async run(world) {
      const { access_token } = tokensOf(await exchange(world, assertion(world)));
      const path = `/${routes.contoso}/agentic/mcp`;
      const response = await fetch(`${world.origin}${path}`, {
        method: 'POST',
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
      });
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate') ?? '', /The token is for another service/);
    },
  },
];
