import assert from 'node:assert/strict';
import { listTools, redeem, refresh, signIn, tokensOf } from './requests.ts';
import type { World } from './world.ts';

/** What must work, whatever is refused: a person signs in, and their program calls and goes on. */
export async function plainSignIn(world: World): Promise<void> {
  const signedIn = await signIn(world);
  const tokens = tokensOf(await redeem(world, signedIn));
  const { status, text } = await listTools(world, tokens.access_token, '/contoso-mcp/mcp');
  assert.equal(status, 200, text);
  assert.match(text, /"name":"get_customer_detail"/);
  tokensOf(await refresh(world, signedIn, tokens));
}
