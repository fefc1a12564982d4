import { redeem, signIn, tokensOf } from './requests.ts';
import type { World } from './world.ts';

export async function signedInWithTokens(world: World) {
  const signedIn = await signIn(world);
  return { signedIn, tokens: tokensOf(await redeem(world, signedIn)) };
}
