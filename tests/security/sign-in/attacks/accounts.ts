import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import type { Attack } from '../attack.ts';
import { type Invited, member, type OwnWorld, onOwn, usePasskey } from '../own-world.ts';
import { assertPage, assertProblem, listTools, redeem, refresh, signIn, tokensOf } from '../requests.ts';
import { routes } from '../world.ts';

const ended = /ended this sign-in|account/;

/** Somebody who has signed in, with the tokens of their program. */
async function signedIn(own: OwnWorld, roles?: readonly string[]) {
  const somebody = await member(own, roles);
  const session = await signIn(own, {}, somebody.browser);
  return { somebody, session, tokens: tokensOf(await redeem(own, session)) };
}

async function remove(own: OwnWorld, { id }: Invited): Promise<void> {
  await (await own.people()).remove(id);
}

export const accounts: readonly Attack[] = [
  {
    name: 'a passkey of somebody who was removed',
    run: onOwn(async (own) => {
      const somebody = await member(own);
      await remove(own, somebody);
      assertPage(await usePasskey(own, somebody), 403, /This passkey is not known here/);
    }),
  },
  {
    name: 'a code of somebody who was removed in the middle',
    run: onOwn(async (own) => {
      const somebody = await member(own);
      const session = await signIn(own, {}, somebody.browser);
      await remove(own, somebody);
      assertProblem(await redeem(own, session), 400, 'invalid_grant', ended);
    }),
  },
  {
    name: 'a refresh token of somebody who was removed',
    run: onOwn(async (own) => {
      const { somebody, session, tokens } = await signedIn(own);
      await remove(own, somebody);
      assertProblem(await refresh(own, session, tokens), 400, 'invalid_grant', ended);
    }),
  },
  {
    name: 'a refresh token of somebody who has lost a role',
    run: onOwn(async (own) => {
      const { somebody, session, tokens } = await signedIn(own, ['query', 'billing']);
      const people = await own.people();
      const account = await people.get(somebody.id);
      assert.ok(account);
      await people.change({ ...account, roles: ['query'] });
      const { access_token } = tokensOf(await refresh(own, session, tokens));
      assert.deepEqual(decodeJwt(access_token).roles, ['query']);
    }),
  },
  {
    name: 'a token of the service’s own at the address of another organisation',
    run: onOwn(async (own) => {
      const { tokens } = await signedIn(own);
      const outcome = await listTools(own, tokens.access_token, `/${routes.fabrikam}/mcp`);
      assert.equal(outcome.status, 403, outcome.text);
    }),
  },
  {
    name: 'a token of the service’s own after its ten minutes',
    run: onOwn(async (own) => {
      const { tokens } = await signedIn(own);
      // and the minute by which clocks may differ
      own.world.ahead = 661;
      const outcome = await listTools(own, tokens.access_token, `/${routes.contoso}/mcp`);
      assert.equal(outcome.status, 401, outcome.text);
    }),
  },
];
