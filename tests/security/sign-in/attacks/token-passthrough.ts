import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import type { Attack } from '../attack.ts';
import { lyingProvider } from '../lying-provider.ts';
import { assertProblem, listTools, redeem, redemptionOf, signIn, tokensOf } from '../requests.ts';

const unauthorized = /Bearer error="invalid_token"/;

export const tokenPassthrough: readonly Attack[] = [
  {
    name: 'a token of one organisation at the address of another',
    async run(world) {
      const tokens = tokensOf(await redeem(world, await signIn(world)));
      const { status, text } = await listTools(world, tokens.access_token, '/fabrikam-mcp/mcp');
      assert.equal(status, 403, text);
      assert.match(text, /Your organisation may not use this address/);
    },
  },
  {
    name: 'a token of the identity provider that is for another service',
    async run(world) {
      const { access_token } = tokensOf(await redeem(world, await signIn(world)));
      const token = await world.provider.mint('contoso', {
        ...decodeJwt(access_token),
        aud: 'another service',
      });
      const { status, headers } = await listTools(world, token, '/contoso-mcp/mcp');
      assert.equal(status, 401);
      assert.match(headers.get('www-authenticate') ?? '', unauthorized);
    },
  },
  {
    name: 'a person of an organisation that nobody onboarded, whom the identity provider lets in',
    async run(world) {
      const signedIn = await signIn(world);
      const token = await world.provider.mint('stranger', {
        tid: 'd0000000-0000-4000-8000-000000000003',
        oid: 'd0000000-0000-4000-8000-00000000000d',
      });
      const answer = { access_token: token, token_type: 'Bearer', expires_in: 3600 };
      const outcome = await lyingProvider(world, Response.json(answer), 'token', redemptionOf(signedIn));
      assertProblem(outcome, 400, 'invalid_grant', /This account is none of Contoso/);
    },
  },
  {
    name: 'a token of the identity provider that is of nobody',
    async run(world) {
      const answer = { access_token: 'opaque', token_type: 'Bearer', expires_in: 3600 };
      const signedIn = await signIn(world);
      const outcome = await lyingProvider(world, Response.json(answer), 'token', redemptionOf(signedIn));
      assertProblem(outcome, 503, 'temporarily_unavailable', /tokens that are not for this service/);
    },
  },
];
