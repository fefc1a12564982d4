import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import {
  askToRegister,
  assertPage,
  assertProblem,
  authorize,
  authorizeAddress,
  post,
  redeem,
  send,
  signIn,
  underWay,
} from '../requests.ts';
import { pageContent } from './page-content.ts';

import { pageCookies } from './page-cookies.ts';

export const pages: readonly Attack[] = [
  ...pageContent,
  ...pageCookies,
  {
    name: 'a form without end',
    async run(world) {
      const outcome = await post(world, 'token', { grant_type: 'x'.repeat(40_000) });
      assertProblem(outcome, 413, 'invalid_request', /too large/);
    },
  },
  {
    name: 'a parameter that comes twice in a form',
    async run(world) {
      const signedIn = await signIn(world);
      const { status } = await redeem(world, signedIn, { code_verifier: undefined });
      assert.equal(status, 400);
      const init = {
        method: 'POST',
        body: 'grant_type=authorization_code&client_id=a&client_id=b',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
      const outcome = await send(world, '/contoso-mcp/oauth/token', init);
      assertProblem(outcome, 400, 'invalid_request', /A parameter comes twice/);
    },
  },
  {
    name: 'an answer that a cache keeps',
    async run(world) {
      const { headers } = await redeem(world, await signIn(world));
      assert.equal(headers.get('cache-control'), 'no-store');
    },
  },
  {
    name: 'an answer that says where the person came from',
    async run(world) {
      const { form, headers } = await underWay(world);
      const outcome = await post(world, 'callback', form, { headers });
      assert.equal(outcome.status, 303);
      assert.equal(outcome.headers.get('referrer-policy'), 'no-referrer');
    },
  },
  {
    name: 'a request under a name that is not the service’s',
    async run(world) {
      const { answer } = await world.instance();
      const request = new Request(`${world.origin}/contoso-mcp/oauth/register`, {
        method: 'POST',
        headers: { host: 'evil.example', 'content-type': 'application/json' },
        body: '{}',
      });
      const response = await answer(request);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /Use the public address of this service/);
    },
  },
  {
    name: 'a way round the gateway',
    async run(world) {
      const { answer } = await world.instance({ GATEWAY_KEY: 'only the gateway knows this and nobody else' });
      const host = new URL(world.origin).host;
      const response = await answer(
        new Request(authorizeAddress(world, { client: 'claude' }), { headers: { host } }),
      );
      assert.equal(response.status, 403);
      assert.match(await response.text(), /Use the public address of this service/);
    },
  },
  {
    name: 'a registration that is no JSON',
    async run(world) {
      const init = {
        method: 'POST',
        body: '{"redirect_uris":["http://127.0.0.1/"]}',
        headers: { 'content-type': 'text/plain' },
      };
      const outcome = await send(world, '/contoso-mcp/oauth/register', init);
      assertProblem(outcome, 415, 'invalid_client_metadata', /Send application\/json/);
    },
  },
  {
    name: 'an id that does not fit into an address',
    async run(world) {
      const redirects = Array.from(
        { length: 20 },
        (_, at) => `http://127.0.0.1/${crypto.randomUUID()}/${at}`,
      );
      assertProblem(
        await askToRegister(world, { redirects }),
        400,
        'invalid_client_metadata',
        /too long together/,
      );
    },
  },
  {
    name: 'a question with a client id without end',
    async run(world) {
      const outcome = await authorize(world, { client: `c1.${'A'.repeat(700)}` });
      assertPage(outcome, 400, /client_id is longer than 500 characters/);
    },
  },
];
