import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { OAuthProblem } from '#platform/sign-in/http/oauth-problem';
import type { Claims } from '#tests/support/authority';
import type { Forgery } from '#tests/support/token-signing';
import {
  acme,
  acmeIdp,
  assertion,
  authority,
  document,
  other,
  otherIdp,
  problem,
  recorded,
  seconds,
  useAuthority,
  world,
} from './grant-world.ts';

useAuthority();

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
    ['of tomorrow', { iat: seconds + 86_400, nbf: seconds, exp: seconds + 86_700 }, {}, /iat/],
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
