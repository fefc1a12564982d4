import assert from 'node:assert/strict';
import { assertion, exchange } from '../assertions.ts';
import type { Attack } from '../attack.ts';
import { ask } from '../lying-provider.ts';
import {
  allow,
  assertProblem,
  assertToldToClient,
  authorize,
  authorizeAddress,
  newBrowser,
  redeem,
  redemptionOf,
  register,
  signIn,
  tokensOf,
} from '../requests.ts';
import { routes } from '../world.ts';

import { identityAssertions } from './identity-assertions.ts';

export const scopes: readonly Attack[] = [
  {
    name: 'more scopes than there are',
    async run(world) {
      const browser = newBrowser(world, ({ origin }) => origin === world.provider.origin);
      const parameters = { scope: 'mcp.access admin Directory.ReadWrite.All' };
      const client = await register(world);
      const { url } = await browser.submit(
        await browser.open(authorizeAddress(world, { client, parameters })),
        allow,
      );
      assert.match(url.searchParams.get('scope') ?? '', /^\S+\/mcp\.access openid profile offline_access$/);
      assert.equal(tokensOf(await redeem(world, await signIn(world))).scope, 'mcp.access');
    },
  },
  {
    name: 'a resource that is not this service',
    async run(world) {
      const parameters = { resource: 'https://graph.example/' };
      const outcome = await authorize(world, { client: await register(world), parameters });
      assertToldToClient(outcome, world, 'invalid_target', /not an endpoint of this service/);
    },
  },
  {
    name: 'a resource of another organisation',
    async run(world) {
      const parameters = { resource: `${world.origin}/${routes.fabrikam}/mcp` };
      const outcome = await authorize(world, { client: await register(world), parameters });
      assertToldToClient(outcome, world, 'invalid_target', /not an endpoint of this service/);
    },
  },
  {
    name: 'a program that the deployment does not list, where it lists some',
    async run(world) {
      const { answer } = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const parameters = { redirect_uri: 'http://127.0.0.1:7998/oauth/callback' };
      const address = authorizeAddress(world, { client: 'mcp-inspector', parameters });
      const response = await answer(new Request(address, { headers: { host: new URL(world.origin).host } }));
      const location = response.headers.get('location') ?? '';
      assert.equal(response.status, 303, await response.text());
      assert.equal(new URL(location).searchParams.get('error'), 'unauthorized_client');
    },
  },
  {
    name: 'the code of a program that is listed no more',
    async run(world) {
      const signedIn = await signIn(world);
      const instance = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const outcome = await ask(world, instance, 'token', redemptionOf(signedIn));
      assertProblem(outcome, 400, 'unauthorized_client', /may not be used here/);
    },
  },
  {
    name: 'the refresh token of a program that is listed no more',
    async run(world) {
      const signedIn = await signIn(world);
      const { refresh_token } = tokensOf(await redeem(world, signedIn));
      const instance = await world.instance({ ALLOWED_CLIENTS: 'claude' });
      const form = { grant_type: 'refresh_token', client_id: signedIn.client, refresh_token };
      const outcome = await ask(world, instance, 'token', form);
      assertProblem(outcome, 400, 'unauthorized_client', /may not be used here/);
    },
  },
  ...identityAssertions,
  {
    name: 'an access token of one endpoint at the other',
    async run(world) {
      const { access_token } = tokensOf(await exchange(world, assertion(world)));
      const path = `/${routes.contoso}/agentic/mcp`;
      const response = await fetch(`${world.origin}${path}`, {
        method: 'POST',
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
      });
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate') ?? '', /The token is for another service/);
    },
  },
];
