import type { Unusual } from '../../../support/authenticator.ts';
import type { Attack } from '../attack.ts';
import { member, onOwn, usePasskey } from '../own-world.ts';
import {
  assertPage,
  authorizeAddress,
  cookieHeader,
  fieldOf,
  randomText,
  register,
  send,
} from '../requests.ts';
import { routes } from '../world.ts';

const unknown = /This passkey is not known here, or did not sign/;

/** Somebody's device that answers otherwise than it should. */
const answer = (name: string, unusual: Unusual): Attack => ({
  name,
  run: onOwn(async (own) => {
    const somebody = await member(own);
    somebody.device.unusual = unusual;
    assertPage(await usePasskey(own, somebody), 403, unknown);
  }),
});

export const passkeys: readonly Attack[] = [
  answer('a passkey that somebody else’s key signs for', { otherKey: true }),
  answer('a passkey on the page of another site', { origin: 'http://localhost:1' }),
  answer('a passkey that signs for another site', { rpId: 'neighbour.example' }),
  answer('a passkey’s answer to another sign-in', { challenge: randomText() }),
  answer('a passkey on a device that did not ask for its owner', { userVerified: false }),
  {
    name: 'a passkey of a copy of the device',
    run: onOwn(async (own) => {
      const somebody = await member(own);
      await usePasskey(own, somebody);
      await usePasskey(own, somebody);
      somebody.device.unusual = { counter: 1 };
      assertPage(await usePasskey(own, somebody), 403, unknown);
    }),
  },
  {
    name: 'a passkey under the name of somebody else',
    run: onOwn(async (own) => {
      const [attacker, other] = [await member(own), await member(own)];
      attacker.device.unusual = { userHandle: Buffer.from(other.id).toString('base64url') };
      assertPage(await usePasskey(own, attacker), 403, unknown);
    }),
  },
  {
    name: 'a passkey at another organisation',
    run: onOwn(async (own) => {
      assertPage(await usePasskey(own, await member(own), 'fabrikam'), 403, unknown);
    }),
  },
  {
    name: 'a page for passkeys before the person agreed',
    run: onOwn(async (own) => {
      const { browser } = await member(own);
      const place = await browser.open(authorizeAddress(own, { client: await register(own) }));
      const path = `/${routes.contoso}/oauth/passkey?handle=${fieldOf(place, 'handle')}`;
      const cookie = cookieHeader(browser, 'localhost');
      assertPage(await send(own, path, { headers: { cookie } }), 400, /Agree first/);
    }),
  },
];
