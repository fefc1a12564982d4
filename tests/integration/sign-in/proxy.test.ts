import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiApp, proxyApp } from '../../../emulators/identity/directory.ts';
import {
  answered,
  authorizeUrl,
  codeFor,
  newBrowser,
  type ProxyWorld,
  post,
  redeem,
  refresh,
  secret,
  startWithClient,
} from './proxy-world.ts';

let world: ProxyWorld;
let base: string;
let other: string;
let client: string;

beforeAll(async () => {
  ({ world, base, client } = await startWithClient());
  other = `${world.origin}/fabrikam-mcp`;
});

afterAll(() => world?.close());

describe('the metadata of a tenant', () => {
  it.each(['oauth-authorization-server', 'openid-configuration'])(
    '(%s) names everything at its own address',
    async (name) => {
      const document = await (await fetch(`${world.origin}/.well-known/${name}/contoso-mcp`)).json();
      expect(document).toMatchObject({
        issuer: base,
        authorization_endpoint: `${base}/oauth/authorize`,
        token_endpoint: `${base}/oauth/token`,
        registration_endpoint: `${base}/oauth/register`,
        revocation_endpoint: `${base}/oauth/revoke`,
        jwks_uri: `${base}/oauth/keys`,
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: true,
      });
    },
  );

  it('has the name for this machine that was asked for', async () => {
    const localhost = world.origin.replace('127.0.0.1', 'localhost');
    const document = await (await fetch(`${localhost}/contoso-mcp/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({ issuer: `${localhost}/contoso-mcp` });
  });

  it('leads to the public keys', async () => {
    const keys = await (await fetch(`${base}/oauth/keys`)).json();
    expect(keys).toMatchObject({ keys: [{ kty: 'EC', alg: 'ES256' }] });
  });
});

describe('a client', () => {
  it('gets the provider’s own token for this API, and the trail who it is', async () => {
    const { status, body } = await redeem(base, client, await codeFor(base, client));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: apiApp.scope });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({
      iss: world.provider.issuerOf('contoso'),
      aud: apiApp.clientId,
      azp: proxyApp.clientId,
    });
    expect(world.records.at(-1)).toMatchObject({
      user: `${claims.tid}:${claims.oid}`,
      client,
      how: 'signed_in',
      tokenId: claims.uti,
    });
  });

  it('is answered with its state and the issuer', async () => {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client));
    const answer = answered(await browser.submit(asked, { decision: 'allow' }));
    expect(answer.get('iss')).toBe(base);
    expect(answer.get('state')).toBe('the client’s own');
    expect([...browser.cookiesOf('127.0.0.1').keys()].filter((name) => name.startsWith('sign-in-'))).toEqual(
      [],
    );
  });

  it('goes on with refresh tokens, each good once', async () => {
    const first = await redeem(base, client, await codeFor(base, client));
    const second = await refresh(base, client, first.body.refresh_token);
    const third = await refresh(base, client, second.body.refresh_token);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(world.records.at(-1)).toMatchObject({ client, how: 'refreshed' });
    expect(await refresh(base, client, second.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await refresh(base, client, third.body.refresh_token)).toMatchObject({ status: 400 });
    expect(world.lines).toContain('refresh token came back');
  });

  it('keeps its refresh token while the provider does not answer', async () => {
    const { body } = await redeem(base, client, await codeFor(base, client));
    world.change({ clientSecrets: ['wrong'] });
    const refused = await refresh(base, client, body.refresh_token);
    world.change({ clientSecrets: [proxyApp.secret] });
    expect(refused).toMatchObject({ status: 502, body: { error: 'server_error' } });
    expect(await refresh(base, client, body.refresh_token)).toMatchObject({ status: 200 });
  });

  it('goes on while the service’s own secret is replaced, whichever side learns of the new one first', async () => {
    for (const clientSecrets of [
      ['a new one', proxyApp.secret],
      [proxyApp.secret, 'an old one'],
    ] as const) {
      world.change({ clientSecrets });
      const { body } = await redeem(base, client, await codeFor(base, client));
      expect(await refresh(base, client, body.refresh_token)).toMatchObject({ status: 200 });
    }
    world.change({ clientSecrets: [proxyApp.secret] });
  });

  it('can end its sign-in', async () => {
    const { body } = await redeem(base, client, await codeFor(base, client));
    expect(await post(base, 'revoke', { token: body.access_token, client_id: client })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_token_type' },
    });
    expect((await post(base, 'revoke', { token: 'unheard of', client_id: client })).status).toBe(200);
    expect((await post(base, 'revoke', { token: body.refresh_token, client_id: client })).status).toBe(200);
    expect(await refresh(base, client, body.refresh_token)).toMatchObject({
      body: { error: 'invalid_grant' },
    });
  });

  it('of another name for the same thing is told what it may be', async () => {
    expect(await post(base, 'token', { grant_type: 'password', client_id: client })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  it('may use its keys, its codes and its tokens while secrets are replaced', async () => {
    const { body } = await redeem(base, client, await codeFor(base, client));
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client));
    world.change({ secrets: ['n'.repeat(32), secret] });
    const code = answered(await browser.submit(asked, { decision: 'allow' })).get('code') ?? '';
    expect(await redeem(base, client, code)).toMatchObject({ status: 200 });
    const next = await refresh(base, client, body.refresh_token);
    expect(next.status).toBe(200);
    world.change({ secrets: ['n'.repeat(32)] });
    expect(await refresh(base, client, next.body.refresh_token)).toMatchObject({ status: 200 });
    world.change({ secrets: [secret] });
  });
});

it('a tenant’s refresh tokens, codes and clients are nothing to another', async () => {
  const { body } = await redeem(base, client, await codeFor(base, client));
  expect(await refresh(other, client, body.refresh_token)).toMatchObject({
    body: { error: 'invalid_grant' },
  });
  expect(await redeem(other, client, await codeFor(base, client))).toMatchObject({
    body: { error: 'invalid_grant' },
  });
  expect((await newBrowser().open(authorizeUrl(other, client))).status).toBe(400);
});
