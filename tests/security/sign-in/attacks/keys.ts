import type { Attack } from '../attack.ts';
import { ask } from '../lying-provider.ts';
import { assertPage, assertProblem, redemptionOf, refresh, signIn, tokensOf, underWay } from '../requests.ts';
import { signingKey } from '../world.ts';

const next = 'the next secret of the tests that has more than 32 bytes';

export const keys: readonly Attack[] = [
  {
    name: 'a key that replaces another while people sign in, and ends what they began',
    async run(world) {
      const signedIn = await signIn(world);
      const rotated = await world.instance({ SIGN_IN_KEYS: `${next},${signingKey}` });
      const { refresh_token } = tokensOf(await ask(world, rotated, 'token', redemptionOf(signedIn)));
      // made with the new key, which the others do not have yet
      const outcome = await refresh(world, signedIn, { refresh_token });
      assertProblem(outcome, 400, 'invalid_grant', /not valid for this client/);
    },
  },
  {
    name: 'a code under a key that is gone',
    async run(world) {
      const signedIn = await signIn(world);
      const rotated = await world.instance({ SIGN_IN_KEYS: next });
      const outcome = await ask(world, rotated, 'token', redemptionOf(signedIn));
      assertProblem(outcome, 400, 'invalid_grant', /The code is not valid/);
    },
  },
  {
    name: 'a sign-in under way when its key is withdrawn',
    async run(world) {
      const { form, headers } = await underWay(world);
      const rotated = await world.instance({ SIGN_IN_KEYS: next });
      assertPage(await ask(world, rotated, 'callback', form, headers), 400, /expired, or was begun/);
    },
  },
];
