import { calculateJwkThumbprint, decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { acme, grant, issued, next, secret, verify, world } from './own-tokens-world.ts';

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
