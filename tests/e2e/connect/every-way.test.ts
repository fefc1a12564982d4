import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrail } from '../../../scripts/trail/read-trail.ts';
import { readSettings } from '../../../shared/settings.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { connect1x, connect2x } from '../../support/first-call.ts';
import { startGatewayFor } from './at-the-gateway.ts';
import { knock, serversOf } from './bare-requests.ts';
import { proxyCases } from './proxy-cases.ts';
import { remoteCases } from './remote-cases.ts';
import { settingsOf, ways } from './ways.ts';
import { routeOf, startWorld, type TenantName, tenantNames, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 180_000);
afterAll(() => world?.stop());

const mcp = (tenant: TenantName) => `${world.origin}/${routeOf(tenant)}/mcp`;

/** What metadata says where identity assertions are taken (RFC 7523). */
const assertions = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const eras = [
  ['2026-07-28', connect2x],
  ['2025-11-25', connect1x],
] as const;

/** The walk is one and the same; by settings alone it goes another way in, each step to another host than the one before. */
describe.each(Object.entries(ways))('SIGN_IN=%s', (name, way) => {
  let hosts: Awaited<ReturnType<World['serve']>>;

  beforeAll(async () => {
    hosts = await world.serve(settingsOf(name, way, world));
  });
  afterAll(() => hosts?.stop());

  it('an address alone tells whoever has no token where to sign in, if anywhere', async () => {
    const refused = await knock(mcp('contoso'));
    expect(refused.status).toBe(401);
    expect(await serversOf(refused)).toEqual(way.servers(world));
  });

  describe.each(Object.entries(way.clients))('a client %s', (_client, newClient) => {
    it.each(eras)(
      'gets from the address to a tool, and no further than its person may (%s)',
      async (era, connect) => {
        const signingIn = await newClient(world);
        const client = await connect(mcp('contoso'), signingIn);
        expect(client.protocol).toBe(era);
        const names = await client.toolNames();
        expect(names).toContain('get_customer_detail');
        expect(names).not.toContain('unlock_account');
        const { customers } = world.tenants.contoso.data;
        const john = customers.find(({ customer_id: id }) => id === 251);
        expect(await client.call('get_customer_detail', { customer_id: 251 })).toMatchObject({
          first_name: john?.first_name,
          last_name: john?.last_name,
        });
        const unlock = client.call('unlock_account', { customer_id: 254, reason: 'The customer called.' });
        await expect(unlock).rejects.toThrow();
        await client.close();

        const { access_token: token = '' } = (await signingIn.tokens()) ?? {};
        const { jti, uti } = decodeJwt(token);
        expect([401, 403]).toContain((await knock(mcp('fabrikam'), token)).status);
        await expectOnRecord(String(jti ?? uti));
      },
    );
  });

  it.each(['passthrough', 'disabled'])('is no way in where nobody is verified (%s)', (mode) => {
    const settings = { ...world.settings, ...settingsOf(name, way, world), AUTH_MODE: mode };
    expect(() => readSettings({ ...settings, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toThrow(
      /nobody signs in; remove SIGN_IN/,
    );
  });

  if (name === 'proxy' || name === 'own') {
    it.each(['oauth-authorization-server', 'openid-configuration'])(
      'says of each tenant what it can do, through the gateway (%s)',
      async (document) => {
        const gateway = await startGatewayFor(world, name);
        for (const tenant of tenantNames) {
          const address = `${gateway.origin}/.well-known/${document}/${routeOf(tenant)}`;
          const metadata = (await (await fetch(address)).json()) as { grant_types_supported: string[] };
          expect(metadata).toMatchObject({
            client_id_metadata_document_supported: true,
            authorization_response_iss_parameter_supported: true,
          });
          expect(metadata.grant_types_supported.includes(assertions)).toBe(tenant === 'contoso');
        }
        await gateway.stop();
      },
    );
  }
  if (name === 'proxy') {
    proxyCases(() => world);
  }
  if (name === 'remote') {
    remoteCases(() => world);
  }
});

/** Whichever way the caller came in by, the trail knows the same of them. */
async function expectOnRecord(token: string): Promise<void> {
  const { slug } = world.tenants.contoso;
  const read = async () =>
    (await readTrail({ dataStorage: testDataStorage(), tenant: slug, seconds: 600 })).filter(
      (entry) => entry.token === token && entry.tool !== 'sign-in',
    );
  await expect.poll(async () => (await read()).length).toBe(2);
  const who = {
    tenant: slug,
    user: expect.stringMatching(/^[^:]+:.+$/),
    application: expect.stringMatching(/./),
    actor: 'person',
    by: 'caller',
  };
  expect(await read()).toEqual([
    expect.objectContaining({ ...who, tool: 'get_customer_detail', decision: 'allowed', outcome: 'ok' }),
    expect.objectContaining({
      ...who,
      tool: 'unlock_account',
      decision: 'denied',
      reason: 'missing:security.write',
    }),
  ]);
}
