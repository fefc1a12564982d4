import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { bothAtOnce, lyingProvider } from '../lying-provider.ts';
import {
  assertPage,
  assertProblem,
  post,
  redeem,
  refresh,
  register,
  signIn,
  tokensOf,
  underWay,
} from '../requests.ts';
import type { World } from '../world.ts';

async function signedInWithTokens(world: World) {
  const signedIn = await signIn(world);
  return { signedIn, tokens: tokensOf(await redeem(world, signedIn)) };
}

const forgotten = /expired, or was begun in another browser/;

export const sessionHijacking: readonly Attack[] = [
  {
    name: 'an answer of the identity provider that comes again',
    async run(world) {
      const { form, headers } = await underWay(world);
      const first = await post(world, 'callback', form, { headers });
      assert.equal(first.status, 303, first.text);
      assertPage(await post(world, 'callback', form, { headers }), 400, /This answer belongs to no sign-in/);
    },
  },
  {
    name: 'an answer with another state',
    async run(world) {
      const { form, headers } = await underWay(world);
      const outcome = await post(world, 'callback', { ...form, state: `${form.state}x` }, { headers });
      assertPage(outcome, 400, forgotten);
    },
  },
  {
    name: 'a second cookie of the same name, put there by a neighbour',
    async run(world) {
      const { form, headers } = await underWay(world);
      const cookie = `${headers.cookie.split('=')[0]}=from-a-neighbour; ${headers.cookie}`;
      assertPage(await post(world, 'callback', form, { headers: { cookie } }), 400, forgotten);
    },
  },
  {
    name: 'the sign-in of one organisation at the address of another',
    async run(world) {
      const { form, headers } = await underWay(world);
      assertPage(await post(world, 'callback', form, { tenant: 'fabrikam', headers }), 400, forgotten);
    },
  },
  {
    name: 'a sign-in that was left for ten minutes',
    async run(world) {
      const { form, headers } = await underWay(world);
      world.ahead = 601;
      assertPage(await post(world, 'callback', form, { headers }), 400, forgotten);
    },
  },
  {
    name: 'a refresh token that comes back',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      tokensOf(await refresh(world, signedIn, tokens));
      assertProblem(await refresh(world, signedIn, tokens), 400, 'invalid_grant', /was used before/);
    },
  },
  {
    name: 'the refresh token that follows one that came back',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const next = tokensOf(await refresh(world, signedIn, tokens));
      await refresh(world, signedIn, tokens);
      assertProblem(await refresh(world, signedIn, next), 400, 'invalid_grant', /its sign-in has ended/);
    },
  },
  {
    name: 'a refresh token that is used twice at once, at two instances',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const outcomes = await bothAtOnce(world, {
        grant_type: 'refresh_token',
        client_id: signedIn.client,
        refresh_token: tokens.refresh_token,
      });
      const refused = outcomes.filter(({ status }) => status !== 200);
      assert.equal(refused.length, 1);
      for (const outcome of refused) {
        assertProblem(outcome, 400, 'invalid_grant', /was used before/);
      }
    },
  },
  {
    name: 'a refresh token of another client',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const client_id = await register(world, { name: 'Another program' });
      const outcome = await refresh(world, signedIn, tokens, { client_id });
      assertProblem(outcome, 400, 'invalid_grant', /not valid for this client/);
    },
  },
  {
    name: 'a refresh token at the address of another organisation',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const outcome = await refresh(world, { ...signedIn, tenant: 'fabrikam' }, tokens);
      assertProblem(outcome, 400, 'invalid_grant', /not valid for this client/);
    },
  },
  {
    name: 'a refresh token for another resource than the person agreed to',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const resource = `${world.origin}/contoso-mcp/agentic/mcp`;
      const outcome = await refresh(world, signedIn, tokens, { resource });
      assertProblem(outcome, 400, 'invalid_target', /another one than the person agreed to/);
    },
  },
  {
    name: 'a refresh token after its time',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      world.ahead = 91 * 86_400;
      assertProblem(
        await refresh(world, signedIn, tokens),
        400,
        'invalid_grant',
        /not valid for this client/,
      );
    },
  },
  {
    name: 'a refresh token that was revoked',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const revoked = await post(world, 'revoke', {
        token: tokens.refresh_token,
        client_id: signedIn.client,
      });
      assert.equal(revoked.status, 200);
      assertProblem(await refresh(world, signedIn, tokens), 400, 'invalid_grant', /its sign-in has ended/);
    },
  },
  {
    name: 'the sign-in of another client that somebody wants to end',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const client_id = await register(world, { name: 'Another program' });
      const outcome = await post(world, 'revoke', { token: tokens.refresh_token, client_id });
      assertProblem(outcome, 400, 'invalid_grant', /given to another client/);
      tokensOf(await refresh(world, signedIn, tokens));
    },
  },
  {
    name: 'a refresh token of somebody who was removed at the identity provider',
    async run(world) {
      const { signedIn, tokens } = await signedInWithTokens(world);
      const removed = {
        error: 'invalid_grant',
        error_description: 'AADSTS50057: The user account is disabled.',
      };
      const form = {
        grant_type: 'refresh_token',
        client_id: signedIn.client,
        refresh_token: tokens.refresh_token,
      };
      const outcome = await lyingProvider(world, Response.json(removed, { status: 400 }), 'token', form);
      assertProblem(outcome, 400, 'invalid_grant', /Your account cannot sign in at the moment/);
    },
  },
];
