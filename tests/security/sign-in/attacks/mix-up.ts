import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { assertPage, authorize, post, register, send, signIn, underWay } from '../requests.ts';
import { routes, type TenantName } from '../world.ts';

const tenants: readonly TenantName[] = ['contoso', 'fabrikam'];

export const mixUp: readonly Attack[] = [
  {
    name: 'an answer that could be another server’s',
    async run(world) {
      for (const tenant of tenants) {
        const { answer } = await signIn(world, { tenant });
        assert.equal(answer.get('iss'), `${world.origin}/${routes[tenant]}`);
      }
    },
  },
  {
    name: 'a refusal that could be another server’s',
    async run(world) {
      const parameters = { response_type: 'token' };
      const { headers } = await authorize(world, { client: await register(world), parameters });
      const address = new URL(headers.get('location') ?? '');
      assert.equal(address.searchParams.get('iss'), `${world.origin}/${routes.contoso}`);
    },
  },
  {
    name: 'metadata of one organisation’s server at the address of another',
    async run(world) {
      for (const tenant of tenants) {
        const { text } = await send(world, `/.well-known/oauth-authorization-server/${routes[tenant]}`);
        const metadata = JSON.parse(text) as Record<string, unknown>;
        assert.equal(metadata.issuer, `${world.origin}/${routes[tenant]}`);
        assert.equal(metadata.token_endpoint, `${world.origin}/${routes[tenant]}/oauth/token`);
        assert.equal(metadata.authorization_response_iss_parameter_supported, true);
      }
    },
  },
  {
    name: 'an answer of another identity provider than the organisation’s',
    async run(world) {
      const { form, headers } = await underWay(world);
      const iss = 'https://login.evil.example/v2.0';
      const outcome = await post(world, 'callback', { ...form, iss }, { headers });
      assertPage(outcome, 400, /This answer belongs to no sign-in/);
    },
  },
  {
    name: 'an id that was made for a program at another organisation',
    async run(world) {
      const client = await register(world, { tenant: 'fabrikam' });
      assertPage(await authorize(world, { client }), 400, /client_id is not known here/);
    },
  },
  {
    name: 'an id that nobody made here',
    async run(world) {
      const client = await register(world);
      const forged = `${client.slice(0, -22)}${'A'.repeat(22)}`;
      assertPage(await authorize(world, { client: forged }), 400, /client_id is not known here/);
    },
  },
];
