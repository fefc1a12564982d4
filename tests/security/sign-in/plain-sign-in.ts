import assert from 'node:assert/strict';
import { member, onOwn } from './own-world.ts';
import { listTools, redeem, refresh, type SignedIn, signIn, tokensOf } from './requests.ts';
import type { World } from './world.ts';

/** What must work, whatever is refused, at an identity provider and with a passkey: a person signs in, and their program calls and goes on. */
export async function plainSignIn(world: World): Promise<void> {
  await callAndGoOn(world, await signIn(world));
  await withPasskey(world);
}

const withPasskey = onOwn(async (own) => {
  const { browser } = await member(own);
  await callAndGoOn(own, await signIn(own, {}, browser));
});

async function callAndGoOn(world: Pick<World, 'origin'>, signedIn: SignedIn): Promise<void> {
  const tokens = tokensOf(await redeem(world, signedIn));
  const { status, text } = await listTools(world, tokens.access_token, '/contoso-mcp/mcp');
  assert.equal(status, 200, text);
  assert.match(text, /"name":"get_customer_detail"/);
  tokensOf(await refresh(world, signedIn, tokens));
}
