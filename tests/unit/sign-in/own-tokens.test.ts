import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openRoles } from '#platform/access/roles';
import type { Secrets } from '#platform/sign-in/keys/derived-keys';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import { ownTokenLifetime, ownTokens } from '#platform/sign-in/tokens/own-tokens';
import { siteOf } from './sites.ts';

const origin = 'https://mcp.example.com';
const [acme, other] = [siteOf('acme'), siteOf('other')];
const roles = openRoles({ reader: ['things.read'], writer: ['things.write'] }, { writer: 'Things.Writer' });
const [secret, next] = ['a secret of the deployment, long enough', 'the next secret of the deployment'];
const issuedAt = new Date('2026-11-28T12:00:00Z');
const later = (seconds: number) => new Date(issuedAt.getTime() + seconds * 1_000);

function world({
  secrets = [secret] as Secrets,
  now = issuedAt,
  applications = [] as string[],
  sites = [acme, other],
} = {}) {
  const keys = ownKeys(secrets);
  return {
    keys,
    ...ownTokens({ keys, sites, roles, scope: 'mcp.access', applications, now: () => now }),
  };
}

const grant = {
  site: acme,
  issuer: acme.base,
  subject: 'person-1',
  clientId: 'client-1',
  resource: `${acme.base}/mcp`,
  roles: ['writer'],
};
const issued = async (over: Partial<typeof grant> = {}) =>
  (await world().issue({ ...grant, ...over })).response.access_token;
const at = (address: string) => new Request(address, { method: 'POST' });
const verify = (token: string, options: Parameters<typeof world>[0] = {}, address = grant.resource) =>
  world(options).verifier.verify(token, at(address));

describe('an access token of our own', () => {
  it('says whom it stands for, in the shape of RFC 9068', async () => {
    const token = await issued();
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: world().keys.jwks.keys[0]?.kid,
    });
    const seconds = issuedAt.getTime() / 1_000;
    expect(decodeJwt(token)).toEqual({
      iss: acme.base,
      aud: `${acme.base}/mcp`,
      sub: 'person-1',
      tenant: 'acme',
      client_id: 'client-1',
      roles: ['Things.Writer'],
      scope: 'mcp.access',
      tid: 'directory of acme',
      oid: 'person-1',
      azp: 'client-1',
      scp: 'mcp.access',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: seconds,
      exp: seconds + ownTokenLifetime,
    });
  });

  it('ends in a principal of its tenant, on every instance', async () => {
    const token = await issued();
    expect(await verify(token)).toEqual({
      tenant: 'acme',
      user: 'directory of acme:person-1',
      application: 'client-1',
      roles: ['writer'],
      permissions: new Set(['things.write']),
      token: decodeJwt(token).jti,
      expiresAt: issuedAt.getTime() / 1_000 + ownTokenLifetime,
    });
  });

  it('is good for ten minutes', async () => {
    const token = await issued();
    await expect(verify(token, { now: later(600) })).resolves.toMatchObject({ tenant: 'acme' });
    await expect(verify(token, { now: later(661) })).rejects.toMatchObject({ reason: 'expired' });
  });

  it('is good for the one endpoint that it names', async () => {
    const token = await issued();
    await expect(verify(token, {}, `${origin}/mcp`)).resolves.toBeDefined(); // a gateway may take the route away
    await expect(verify(token, {}, `${acme.base}/agentic/mcp`)).rejects.toMatchObject({ reason: 'audience' });
    const foreign = await issued({ resource: 'https://elsewhere.example/mcp' });
    await expect(verify(foreign)).rejects.toMatchObject({ reason: 'audience' });
  });

  it('of one tenant is none of another', async () => {
    const claims = await issued({ site: other, issuer: acme.base });
    await expect(verify(claims)).rejects.toMatchObject({ reason: 'tenant' });
    const audience = await issued({ resource: `${other.base}/mcp` });
    await expect(verify(audience)).rejects.toMatchObject({ reason: 'audience' });
  });

  it('comes from an application that may call', async () => {
    await expect(verify(await issued(), { applications: ['client-1'] })).resolves.toBeDefined();
    await expect(verify(await issued(), { applications: ['client-2'] })).rejects.toMatchObject({
      reason: 'application',
    });
  });

  it('grants nothing without a role', async () => {
    const principal = await verify(await issued({ roles: [] }));
    expect(principal).toMatchObject({ roles: [], permissions: new Set() });
  });
});

describe('what is signed otherwise', () => {
  const { keys } = world();
  const claims = async () => decodeJwt(await issued());

  it('is no access token without the type', async () => {
    const token = await keys.sign(await claims(), 'JWT');
    await expect(verify(token)).rejects.toMatchObject({ reason: 'claim_typ' });
  });

  it('has no scope and may not call', async () => {
    const token = await keys.sign({ ...(await claims()), scope: 'openid' }, 'at+jwt');
    await expect(verify(token)).rejects.toMatchObject({ reason: 'scope' });
  });

  it('is refused with a key of somebody else under our name, and without any', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const kid = keys.jwks.keys[0]?.kid ?? '';
    const header = { alg: 'ES256', typ: 'at+jwt', kid };
    const forged = await new SignJWT(await claims()).setProtectedHeader(header).sign(privateKey);
    await expect(verify(forged)).rejects.toMatchObject({ reason: 'signature' });
    const [, payload] = forged.split('.');
    const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
    await expect(verify(`${none}.${payload}.`)).rejects.toMatchObject({ tokenSent: true });
  });
});

describe('our own keys', () => {
  it('are published without what makes them secret, by their thumbprint', async () => {
    const { keys } = world({ secrets: [secret, next] });
    expect(keys.jwks.keys).toHaveLength(2);
    for (const jwk of keys.jwks.keys) {
      expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      expect(jwk.kid).toBe(await calculateJwkThumbprint(jwk));
    }
  });

  it('rotate with an overlap: the next one is known before it signs, the last one as long as it is kept', async () => {
    const before = await issued();
    const { response } = await world({ secrets: [next, secret] }).issue(grant);
    await expect(verify(response.access_token, { secrets: [secret, next] })).resolves.toBeDefined();
    await expect(verify(before, { secrets: [next, secret] })).resolves.toBeDefined();
    await expect(verify(before, { secrets: [next] })).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('have loopback issuers under each name of this machine', () => {
    const local = { ...acme, base: 'http://127.0.0.1:7071/acme-mcp' };
    expect(world({ sites: [local] }).verifier.issuers).toEqual([
      'http://127.0.0.1:7071/acme-mcp',
      'http://localhost:7071/acme-mcp',
      'http://[::1]:7071/acme-mcp',
    ]);
  });
});
