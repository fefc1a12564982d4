import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Forgery } from '#tests/support/token-signing';
import type { Claims } from '../../../support/authority.ts';
import {
  acme,
  assertion,
  authority,
  document,
  nextSecret,
  other,
  otherIdp,
  seconds,
  secret,
  signingClient,
  useAuthority,
  world,
} from './grant-world.ts';

useAuthority();

describe('a client with a secret', () => {
  const ofClient = () => assertion({ client_id: 'with-secret' });
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

  it.each([
    ['in the form', { client_id: 'with-secret', client_secret: secret }, {}],
    ['in the header, as it is', {}, basic(`with-secret:${secret}`)],
    ['in the header, form-encoded', {}, basic(`with-secret:${encodeURIComponent(secret)}`)],
    ['in the header, and its id in the form', { client_id: 'with-secret' }, basic(`with-secret:${secret}`)],
    ['in the form, and it is the next one', { client_id: 'with-secret', client_secret: nextSecret }, {}],
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
