import assert from 'node:assert/strict';
import { assertion, exchange, refusedAssertion, rolesIn, tidOf } from '../assertions.ts';
import type { Attack } from '../attack.ts';
import { assertProblem } from '../requests.ts';
import { routes } from '../world.ts';

export const identityAssertions: readonly Attack[] = [
  {
    name: 'an identity assertion of another organisation’s issuer',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, {}, 'fabrikam'));
      assertProblem(outcome, 400, 'invalid_grant', /its issuer is not one of this organisation/);
    },
  },
  {
    name: 'an identity assertion that another issuer signed',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { keysOf: tidOf('fabrikam') }));
      assertProblem(outcome, 400, 'invalid_grant', /its signature is not valid/);
    },
  },
  {
    name: 'an identity assertion that nobody signed',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { alg: 'none' }));
      assertProblem(outcome, 400, 'invalid_grant', /an algorithm that is not accepted/);
    },
  },
  {
    name: 'an identity assertion that is signed with the public key as a secret',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { alg: 'HS256' }));
      assertProblem(outcome, 400, 'invalid_grant', /an algorithm that is not accepted/);
    },
  },
  {
    name: 'an access token of the issuer in place of an identity assertion',
    async run(world) {
      const outcome = await exchange(world, assertion(world, {}, { header: { typ: 'at+jwt' } }));
      assertProblem(outcome, 400, 'invalid_grant', /its typ is not right/);
    },
  },
  refusedAssertion(
    'for another authorization server',
    ({ origin }) => ({ aud: `${origin}/${routes.fabrikam}` }),
    /for another authorization server/,
  ),
  refusedAssertion(
    'for a resource of another organisation',
    ({ origin }) => ({ resource: `${origin}/${routes.fabrikam}/mcp` }),
    /it is for another resource/,
  ),
  refusedAssertion(
    'of another client',
    () => ({ client_id: 'another-assistant' }),
    /it is for another client/,
  ),
  refusedAssertion('that has expired', () => ({ iat: 1, exp: 301 }), /it has expired/),
  refusedAssertion(
    'that lives for a day',
    () => ({ exp: Math.floor(Date.now() / 1_000) + 86_400 }),
    /it lives too long/,
  ),
  refusedAssertion('that is bound to a key', () => ({ cnf: { jkt: 'a key' } }), /its claim cnf/),
  refusedAssertion('without the scope', () => ({ scope: 'profile' }), /does not name the scope/),
  {
    name: 'an identity assertion with a request for more than it says',
    async run(world) {
      const outcome = await exchange(world, assertion(world), { scope: 'admin' });
      assertProblem(outcome, 400, 'invalid_scope', /Ask for the scope mcp\.access/);
    },
  },
  {
    name: 'an identity assertion with a request for another resource',
    async run(world) {
      const resource = `${world.origin}/${routes.contoso}/agentic/mcp`;
      const outcome = await exchange(world, assertion(world), { resource });
      assertProblem(outcome, 400, 'invalid_target', /not the one that the assertion is for/);
    },
  },
  {
    name: 'an identity assertion of a client that the issuer does not list',
    async run(world) {
      const text = assertion(world, { client_id: 'a-stranger' });
      const outcome = await exchange(world, text, { client_id: 'a-stranger' });
      assertProblem(outcome, 401, 'invalid_client', /The client is not listed/);
    },
  },
  {
    name: 'an identity assertion that is used twice at once, at two instances',
    async run(world) {
      const text = assertion(world);
      const outcomes = await Promise.all([exchange(world, text), exchange(world, text)]);
      const refused = outcomes.filter(({ status }) => status !== 200);
      assert.equal(refused.length, 1);
      for (const outcome of refused) {
        assertProblem(outcome, 400, 'invalid_grant', /it was used before/);
      }
    },
  },
  {
    name: 'roles that an identity assertion claims by itself',
    async run(world) {
      const outcome = await exchange(world, assertion(world, { groups: ['nobody'], roles: ['security'] }));
      assert.deepEqual(rolesIn(outcome), []);
    },
  },
];
