import { createHash, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoles } from '#platform/access/roles';
import { enterpriseGrant, jwtBearerGrant } from '#platform/sign-in/enterprise/grant';
import type { EnterpriseIssuer } from '#platform/sign-in/enterprise/issuer';
import { OAuthProblem } from '#platform/sign-in/http/oauth-problem';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import type { SignedIn } from '#platform/sign-in/records';
import { ownTokens } from '#platform/sign-in/tokens/own-tokens';
import { type Authority, type Claims, type Forgery, startAuthority } from '../../../support/authority.ts';
import { siteOf } from '../sites.ts';

const acme = siteOf('acme');
const other = siteOf('other');
const acmeIdp = 'a0000000-0000-4000-8000-00000000000a';
const otherIdp = 'b0000000-0000-4000-8000-00000000000b';
const signingClient = 'c0000000-0000-4000-8000-00000000000c';
const document = 'https://client.example/metadata.json';
const secret = 'a secret of the client, made at random';
const now = new Date();
const seconds = Math.floor(now.getTime() / 1_000);

const recorded: SignedIn[] = [];

let authority: Authority;
beforeAll(async () => {
  authority = await startAuthority();
});
afterAll(() => authority.stop());

const keysOf = (id: string) => `${authority.url}/${id}/discovery/v2.0/keys`;
const issuerOf = (id: string): EnterpriseIssuer => ({
  issuer: `https://idp.example/${id}`,
  jwksUri: keysOf(id),
  clients: [
    { id: document },
    { id: 'with-secret', secretSha256: createHash('sha256').update(secret).digest('hex') },
    { id: 'with-key', jwksUri: keysOf(signingClient) },
  ],
  roles: { claim: 'groups', values: { readers: ['reader'], 'all of it': ['reader', 'writer'] } },
});

function world(change: Partial<EnterpriseIssuer> = {}, applications: readonly string[] = []) {
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

const assertion = (claims: Claims = {}, forgery: Forgery = {}) =>
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
const problem = (error: string, words: RegExp) =>
  expect.objectContaining({ error, message: expect.stringMatching(words) });

describe('an identity assertion', () => {
  it('is answered with an access token of our own, for its resource, with the mapped roles', async () => {
    const token = await world()({ assertion: assertion(), client_id: document });
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'mcp.access' });
    expect(decodeJwt(token.access_token)).toMatchObject({
      iss: acme.base,
      aud: `${acme.base}/mcp`,
      sub: `https://idp.example/${acmeIdp}#person-1`,
      client_id: document,
      roles: ['reader'],
      tenant: 'acme',
    });
    expect(recorded.at(-1)).toEqual({
      tenant: 'acme',
      user: `directory of acme:https://idp.example/${acmeIdp}#person-1`,
      client: document,
      how: 'signed_in',
      tokenId: decodeJwt(token.access_token).jti,
      correlationId: 'the request',
    });
  });

  it.each<[string, Claims, readonly string[]]>([
    ['several roles', { groups: 'all of it' }, ['reader', 'writer']],
    ['none when its value is not mapped', { groups: ['writer', 'constructor'] }, []],
    ['none without the claim, whatever roles it names itself', { groups: undefined }, []],
    ['none when the claim is no text', { groups: { readers: true } }, []],
  ])('has %s', async (_what, claims, roles) => {
    const token = await world()({ assertion: assertion(claims), client_id: document });
    expect(decodeJwt(token.access_token).roles).toEqual(roles);
  });

  it.each<[string, Claims]>([
    ['without a scope', { scope: undefined }],
    ['with the scope below its resource', { scope: `openid ${acme.base}/mcp/mcp.access` }],
    ['with the scope below the identifier of the API', { scope: 'api://the-api/mcp.access' }],
    ['that is a minute too late', { exp: seconds - 59 }],
  ])('%s counts', async (_what, claims) => {
    await expect(world()({ assertion: assertion(claims), client_id: document })).resolves.toBeDefined();
  });
});

describe('an assertion is refused', () => {
  it.each<[string, Claims, Forgery, RegExp]>([
    [
      'of another organisation’s issuer',
      { iss: `https://idp.example/${otherIdp}` },
      { keysOf: otherIdp },
      /issuer/,
    ],
    ['of the right issuer, with keys of another', {}, { keysOf: otherIdp }, /signature/],
    ['for another resource', { resource: `${other.base}/mcp` }, {}, /resource/],
    ['for several resources', { resource: [`${acme.base}/mcp`, `${other.base}/mcp`] }, {}, /resource/],
    ['for no resource', { resource: undefined }, {}, /resource/],
    ['for another authorization server', { aud: other.base }, {}, /authorization server/],
    ['for several authorization servers', { aud: [acme.base, other.base] }, {}, /aud/],
    ['for another client', { client_id: 'with-secret' }, {}, /another client/],
    ['for no client', { client_id: undefined }, {}, /client_id/],
    ['that has expired', { exp: seconds - 61 }, {}, /expired/],
    ['that never expires', { exp: undefined }, {}, /exp/],
    ['that lives for a day', { exp: seconds + 86_400 }, {}, /too long/],
    ['of tomorrow', { iat: seconds + 86_400, exp: seconds + 86_700 }, {}, /iat/],
    ['without a time', { iat: undefined }, {}, /iat/],
    ['without an id', { jti: undefined }, {}, /jti/],
    ['of nobody', { sub: undefined }, {}, /sub/],
    ['without our scope', { scope: 'calendar.read' }, {}, /scope/],
    ['of an issuer’s other organisation', { tenant: 'another' }, {}, /organisation/],
    ['bound to a key that nobody showed', { cnf: { jkt: 'abc' } }, {}, /cnf/],
    ['that is an access token', {}, { header: { typ: 'at+jwt' } }, /typ/],
    ['that is an ID token', {}, { header: { typ: 'JWT' } }, /typ/],
    ['with alg none', {}, { alg: 'none' }, /algorithm|signature/],
    ['with the public key as a secret', {}, { alg: 'HS256' }, /algorithm/],
  ])('%s', async (_what, claims, forgery, words) => {
    const redeemed = world()({ assertion: assertion(claims, forgery), client_id: document });
    await expect(redeemed).rejects.toThrowError(problem('invalid_grant', words));
  });

  it('the second time', async () => {
    const redeem = world();
    const once = { assertion: assertion(), client_id: document };
    await redeem(once);
    await expect(redeem(once)).rejects.toThrowError(problem('invalid_grant', /used before/));
  });

  it('at another organisation’s address', async () => {
    const redeemed = world()({ assertion: assertion(), client_id: document }, { site: other });
    await expect(redeemed).rejects.toThrowError(problem('invalid_grant', /issuer/));
  });

  it('and no network is asked for an issuer that nobody listed', async () => {
    const before = authority.requests.length;
    const foreign = assertion({ iss: authority.url });
    await expect(world()({ assertion: foreign, client_id: document })).rejects.toThrowError(OAuthProblem);
    expect(authority.requests).toHaveLength(before);
  });

  it('when the issuer serves several organisations and names another, or none', async () => {
    const redeem = world({ organization: 'acme' });
    const with_ = (claims: Claims) => redeem({ assertion: assertion(claims), client_id: document });
    await expect(with_({ tenant: 'acme' })).resolves.toBeDefined();
    await expect(with_({ tenant: 'another' })).rejects.toThrowError(problem('invalid_grant', /organisation/));
    await expect(with_({})).rejects.toThrowError(problem('invalid_grant', /organisation/));
  });

  it('when it is left out', async () => {
    await expect(world()({ client_id: document })).rejects.toThrowError(
      problem('invalid_request', /assertion/),
    );
  });
});

describe('a request', () => {
  it('for scopes that nobody grants gets ours alone, and none without it', async () => {
    const redeem = world();
    const asked = (scope: string) => redeem({ assertion: assertion(), client_id: document, scope });
    expect((await asked('writer mcp.access')).scope).toBe('mcp.access');
    await expect(asked('writer')).rejects.toThrowError(problem('invalid_scope', /mcp\.access/));
  });

  it('names no other resource than the assertion', async () => {
    const redeem = world();
    const asked = (resource: string) => redeem({ assertion: assertion(), client_id: document, resource });
    await expect(asked(`${acme.base}/mcp`)).resolves.toBeDefined();
    await expect(asked(`${acme.base}/agentic/mcp`)).rejects.toThrowError(
      problem('invalid_target', /resource/),
    );
  });

  it('comes from an application that may call', async () => {
    const redeem = world({}, ['another']);
    const redeemed = redeem({ assertion: assertion(), client_id: document });
    await expect(redeemed).rejects.toThrowError(problem('unauthorized_client', /allowed/));
  });
});

describe('a client with a secret', () => {
  const ofClient = () => assertion({ client_id: 'with-secret' });
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

  it.each([
    ['in the form', { client_id: 'with-secret', client_secret: secret }, {}],
    ['in the header, as it is', {}, basic(`with-secret:${secret}`)],
    ['in the header, form-encoded', {}, basic(`with-secret:${encodeURIComponent(secret)}`)],
    ['in the header, and its id in the form', { client_id: 'with-secret' }, basic(`with-secret:${secret}`)],
  ])('shows it %s', async (_where, parameters: Record<string, string>, headers) => {
    const redeemed = world()({ assertion: ofClient(), ...parameters }, { headers });
    expect(decodeJwt((await redeemed).access_token).client_id).toBe('with-secret');
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['none', { client_id: 'with-secret' }, {}],
    ['a wrong one', { client_id: 'with-secret', client_secret: `${secret}!` }, {}],
    ['no client', {}, {}],
    ['a header that is none', {}, { authorization: 'Basic !' }],
    ['the id of a client that is not listed', { client_id: 'nobody' }, {}],
    ['a secret that the client does not have', { client_id: document, client_secret: secret }, {}],
  ])('is not one that shows %s', async (_what, parameters, headers) => {
    const redeemed = world()({ assertion: ofClient(), ...parameters }, { headers });
    await expect(redeemed).rejects.toThrowError(expect.objectContaining({ error: 'invalid_client' }));
  });

  it.each<[string, Record<string, string>]>([
    ['two ways at once', { client_secret: secret }],
    ['two ids', { client_id: document }],
  ])('does not show %s', async (_what, parameters) => {
    const headers = basic(`with-secret:${secret}`);
    const redeemed = world()({ assertion: ofClient(), ...parameters }, { headers });
    await expect(redeemed).rejects.toThrowError(expect.objectContaining({ error: 'invalid_request' }));
  });
});

describe('a client with a key', () => {
  const ofClient = () => assertion({ client_id: 'with-key' });
  const proof = (claims: Claims = {}, forgery: Forgery = {}) => ({
    client_id: 'with-key',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: authority.mint(
      signingClient,
      {
        iss: 'with-key',
        sub: 'with-key',
        aud: acme.base,
        jti: randomUUID(),
        iat: seconds,
        exp: seconds + 60,
        ...claims,
      },
      forgery,
    ),
  });

  it('signs for the authorization server or its token endpoint', async () => {
    const redeem = world();
    await expect(redeem({ assertion: ofClient(), ...proof() })).resolves.toBeDefined();
    const endpoint = proof({ aud: `${acme.base}/oauth/token` });
    await expect(redeem({ assertion: ofClient(), ...endpoint })).resolves.toBeDefined();
  });

  it.each<[string, Claims, Forgery]>([
    ['is for another server', { aud: other.base }, {}],
    ['is of another client', { iss: 'with-secret' }, {}],
    ['is about another client', { sub: 'with-secret' }, {}],
    ['has expired', { exp: seconds - 61 }, {}],
    ['lives for an hour', { exp: seconds + 3_600 }, {}],
    ['has no id', { jti: undefined }, {}],
    ['is signed by somebody else', {}, { keysOf: otherIdp }],
    ['is not signed', {}, { alg: 'none' }],
  ])('proves nothing with a text that %s', async (_what, claims, forgery) => {
    const redeemed = world()({ assertion: ofClient(), ...proof(claims, forgery) });
    await expect(redeemed).rejects.toThrowError(expect.objectContaining({ error: 'invalid_client' }));
  });

  it('proves nothing with a text that was used, with a secret, or with its id', async () => {
    const redeem = world();
    const once = proof();
    await redeem({ assertion: ofClient(), ...once });
    for (const shown of [once, { client_id: 'with-key', client_secret: 'x' }, { client_id: 'with-key' }]) {
      const redeemed = redeem({ assertion: ofClient(), ...shown });
      await expect(redeemed).rejects.toThrowError(expect.objectContaining({ error: 'invalid_client' }));
    }
  });
});
