import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiApp, profileApi } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { currentClient, formerClient } from '#scripts/demo/clients';
import { type LibraryService, startLibrary } from './library-service.ts';
import { type Register, startRegister } from './register-of-members.ts';

/** A tool reads what another service has of its user, as that user; the other service checks the token by itself. */

const mina = 'c0000000-0000-4000-9000-000000000101';
const omar = 'c0000000-0000-4000-9000-000000000102';
const cards = {
  [mina]: { card: 'C-1', member_since: '2020-02-03', fees: 0 },
  [omar]: { card: 'C-2', member_since: '2021-05-06', fees: 4.5 },
};

let provider: IdentityProvider;
let register: Register;
const libraries: LibraryService[] = [];

beforeAll(async () => {
  provider = await startIdentityProvider({ env: {} });
  register = await startRegister(provider.issuerOf('contoso'), cards);
});
afterAll(async () => {
  await Promise.all(libraries.map((library) => library.close()));
  await Promise.all([register?.stop(), provider?.stop()]);
});

const tid = () =>
  provider.tenants.find(({ slug }) => slug === 'contoso')?.tid ?? expect.fail('No directory.');

/** @param scope of the register's API, which the tool asks for */
async function libraryAsking(scope: string): Promise<LibraryService> {
  const library = await startLibrary(tid(), {
    AUTH_MODE: 'jwt',
    AUTHORITY: provider.origin,
    MCP_API_AUDIENCE: apiApp.clientId,
    STATE_SIGNING_KEY: 'k'.repeat(43),
    DOWNSTREAM_SECRET: apiApp.secret,
    REGISTER_URL: register.url,
    REGISTER_SCOPE: `${profileApi.identifier}/${scope}`,
  });
  libraries.push(library);
  return library;
}

/** Of a member who signed in, at Entra's shape. */
function tokenOf(oid: string, claims: JWTPayload = { scp: apiApp.scope, idtyp: 'user' }): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000);
  return provider.mint('contoso', {
    iss: provider.issuerOf('contoso'),
    aud: apiApp.clientId,
    ...{ iat, nbf: iat, exp: iat + 3_600, tid: tid(), oid, sub: oid, azp: 'tests', ver: '2.0' },
    xms_act_fct: '3 9',
    xms_sub_fct: '3 6',
    xms_tnt_fct: '3 16',
    roles: ['member'],
    ...claims,
  });
}

describe('a tool that asks another service', () => {
  let library: LibraryService;
  beforeAll(async () => {
    library = await libraryAsking(profileApi.scope);
  });

  it.each([
    ['the 2.x client (2026-07-28)', currentClient],
    ['the 1.x client (2025-11-25)', formerClient],
  ])('gets what that one has of its own user: %s', async (_name, connect) => {
    register.seen.length = 0;
    for (const oid of [mina, omar] as const) {
      const client = await connect({ url: library.tools, token: await tokenOf(oid) });
      expect((await client.call('get_my_membership', {})).data).toEqual(cards[oid]);
      expect((await client.call('get_my_membership', {})).data).toEqual(cards[oid]);
      await client.close();
    }
    expect(register.seen.map(({ oid, azp }) => [oid, azp])).toEqual(
      [mina, mina, omar, omar].map((oid) => [oid, apiApp.clientId]),
    );
    // One token each: the second call has that of the first.
    expect(new Set(register.seen.map(({ uti }) => uti)).size).toBe(2);
  });

  it('says so to a program, behind which there is no user', async () => {
    const client = await currentClient({
      url: library.tools,
      token: await tokenOf('tests', { idtyp: 'app', xms_idrel: '7' }),
    });
    expect(await client.call('get_my_membership', {})).toMatchObject({
      refused: true,
      text: expect.stringContaining('let a person sign in'),
    });
    await client.close();
  });
});

describe('what the user has to do first comes back as a challenge', () => {
  const ask = async ({ tools }: LibraryService, more: object = {}) =>
    await fetch(tools, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf(mina)}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-06-18',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'get_my_membership', arguments: {}, ...more },
      }),
    });

  it('that asks for more proof, as the identity provider put it', async () => {
    const response = await ask(await libraryAsking(profileApi.scopeWithMoreProof));
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_claims"');
    expect(challenge).toContain(`authorization_uri="${provider.origin}/${tid()}/oauth2/v2.0/authorize"`);
    expect(challenge).toContain('resource_metadata="');
    const claims = /claims="([^"]+)"/.exec(challenge)?.[1] ?? '';
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({
      access_token: { acrs: { essential: true, value: 'c1' } },
    });
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('sign in again') },
    });
  });

  it('that asks for a consent, with the scope to consent to', async () => {
    const library = await libraryAsking(profileApi.scopeWithoutConsent);
    const response = await ask(library);
    expect(response.status).toBe(403);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain(`scope="api://${apiApp.clientId}/.default"`);
  });
});
