import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { signedInWithTokens } from '../kept-tokens.ts';
import { bothAtOnce, lyingProvider } from '../lying-provider.ts';
import { assertProblem, post, refresh, register, tokensOf } from '../requests.ts';

export const refreshTokens: readonly Attack[] = [
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
