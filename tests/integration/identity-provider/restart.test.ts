import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cliApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { codeOf, redeem, requestToken, resource, scope } from './authorization.ts';

let dir: string;
let provider: IdentityProvider;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'identity-'));
  provider = await start(0);
});

afterEach(async () => {
  await provider.stop();
  await rm(dir, { recursive: true });
});

const file = () => path.join(dir, 'kept', 'identity.json');
const start = (port: number) => startIdentityProvider({ port, resource, keep: file() });
const portOf = ({ origin }: IdentityProvider) => Number(new URL(origin).port);

async function restart(): Promise<void> {
  const port = portOf(provider);
  await provider.stop();
  provider = await start(port);
  // the connections of before the restart are closed, of which this process may not have heard yet
  await vi.waitFor(() => fetch(provider.origin), { timeout: 50_000 });
}

const lasting = { scope: `${scope} offline_access` };

async function signIn(issuer: string) {
  return await redeem(issuer, await codeOf(issuer, 'quinn', lasting), { resource });
}

const refresh = (issuer: string, token: string | undefined) =>
  requestToken(issuer, { grant_type: 'refresh_token', client_id: cliApp.clientId, refresh_token: token });

describe('a restart with what was kept', () => {
  it('leaves tokens valid and clients signed in', async () => {
    const issuer = provider.issuerOf('contoso');
    const { access_token: token, refresh_token: lastingToken } = await signIn(issuer);
    await restart();
    const keys = createRemoteJWKSet(new URL(issuer.replace(/\/v2\.0$/, '/discovery/v2.0/keys')));
    expect((await jwtVerify(token, keys, { issuer })).payload.scp).toBe('mcp.access');
    expect(await refresh(issuer, lastingToken)).toMatchObject({ status: 200 });
  });

  it('knows the keys of a rotation', async () => {
    const issuer = provider.issuerOf('contoso');
    const { access_token: before } = await signIn(issuer);
    await provider.rotateKeys('contoso');
    await restart();
    const keys = createRemoteJWKSet(new URL(issuer.replace(/\/v2\.0$/, '/discovery/v2.0/keys')));
    expect(keys.jwks()).toBeUndefined();
    await jwtVerify(before, keys, { issuer });
    expect(keys.jwks()?.keys).toHaveLength(2);
  });

  it('keeps the keys where only their owner reads them', async () => {
    expect((await stat(file())).mode & 0o077).toBe(0);
  });

  it.each(['', 'not json', '{"contoso":{}}'])('begins anew with a broken file: "%s"', async (text) => {
    await writeFile(file(), text);
    await restart();
    expect(await signIn(provider.issuerOf('contoso'))).toMatchObject({ status: 200 });
  });
});
