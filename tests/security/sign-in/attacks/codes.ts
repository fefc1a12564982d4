import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { assertProblem, randomText, redeem, refresh, register, signIn, tokensOf } from '../requests.ts';

import { pkce } from './pkce.ts';

export const codes: readonly Attack[] = [
  {
    name: 'a code that is redeemed again',
    async run(world) {
      const signedIn = await signIn(world);
      tokensOf(await redeem(world, signedIn));
      assertProblem(await redeem(world, signedIn), 400, 'invalid_grant', /The code was used before/);
    },
  },
  {
    name: 'a code that is redeemed twice at once, at two instances',
    async run(world) {
      const signedIn = await signIn(world);
      const outcomes = await Promise.all([redeem(world, signedIn), redeem(world, signedIn)]);
      const refused = outcomes.filter(({ status }) => status !== 200);
      assert.equal(refused.length, 1);
      for (const outcome of refused) {
        assertProblem(outcome, 400, 'invalid_grant', /The code was used before/);
      }
    },
  },
  {
    name: 'the tokens of whoever redeemed a code first, after somebody else had it, too',
    async run(world) {
      const signedIn = await signIn(world);
      const tokens = tokensOf(await redeem(world, signedIn));
      await redeem(world, signedIn);
      assertProblem(await refresh(world, signedIn, tokens), 400, 'invalid_grant', /was used before/);
    },
  },
  {
    name: 'a code of another client',
    async run(world) {
      const signedIn = await signIn(world);
      const client_id = await register(world, { name: 'Another program' });
      const outcome = await redeem(world, signedIn, { client_id });
      assertProblem(outcome, 400, 'invalid_grant', /given to another client/);
    },
  },
  {
    name: 'a code with another redirect than it was sent to',
    async run(world) {
      const outcome = await redeem(world, await signIn(world), {
        redirect_uri: 'http://127.0.0.1:1/callback',
      });
      assertProblem(outcome, 400, 'invalid_grant', /for another redirect_uri/);
    },
  },
  {
    name: 'a code without a verifier',
    async run(world) {
      const outcome = await redeem(world, await signIn(world), { code_verifier: undefined });
      assertProblem(outcome, 400, 'invalid_grant', /The code_verifier does not belong to the code/);
    },
  },
  {
    name: 'a code with another verifier',
    async run(world) {
      const outcome = await redeem(world, await signIn(world), { code_verifier: randomText() });
      assertProblem(outcome, 400, 'invalid_grant', /The code_verifier does not belong to the code/);
    },
  },
  {
    name: 'a code with a verifier that can be guessed',
    async run(world) {
      const verifier = 'short';
      const signedIn = await signIn(world, { verifier });
      assertProblem(await redeem(world, signedIn), 400, 'invalid_grant', /The code_verifier does not belong/);
    },
  },
  {
    name: 'a code after a minute',
    async run(world) {
      const signedIn = await signIn(world);
      world.ahead = 61;
      assertProblem(await redeem(world, signedIn), 400, 'invalid_grant', /older than a minute/);
    },
  },
  {
    name: 'a code at the address of another organisation',
    async run(world) {
      const outcome = await redeem(world, await signIn(world), {}, 'fabrikam');
      assertProblem(outcome, 400, 'invalid_grant', /The code is not valid/);
    },
  },
  {
    name: 'a code for another resource than the person agreed to',
    async run(world) {
      const resource = `${world.origin}/contoso-mcp/agentic/mcp`;
      const outcome = await redeem(world, await signIn(world), { resource });
      assertProblem(outcome, 400, 'invalid_target', /another one than the person agreed to/);
    },
  },
  ...pkce,
];
