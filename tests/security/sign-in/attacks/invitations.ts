import assert from 'node:assert/strict';
import type { Unusual } from '../../../support/authenticator.ts';
import type { Attack } from '../attack.ts';
import { type Invited, invite, member, type OwnWorld, onOwn } from '../own-world.ts';
import { assertPage, randomText, send } from '../requests.ts';
import { routes } from '../world.ts';

const usedUp = /This invitation was used, or has expired/;

/** A link that somebody makes of an invitation. */
function link(name: string, change: (invited: Invited, own: OwnWorld) => Promise<string> | string): Attack {
  return {
    name,
    run: onOwn(async (own) => {
      const invited = await invite(own);
      const { browser } = await invite(own);
      assertPage(await browser.open(await change(invited, own)), 403, usedUp);
    }),
  };
}

function withParameter(address: string, name: 'person' | 'token', value: string): string {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
}

/** A passkey that is made otherwise than the page asks for it. */
const passkey = (name: string, unusual: Unusual): Attack => ({
  name,
  run: onOwn(async (own) => {
    const { browser, device, link: address } = await invite(own);
    device.unusual = unusual;
    assertPage(await browser.open(address), 403, /This passkey is not known here/);
    // the invitation is still good
    device.unusual = {};
    assert.equal((await browser.open(address)).status, 200);
  }),
});

export const invitations: readonly Attack[] = [
  {
    name: 'an invitation that was used',
    run: onOwn(async (own) => {
      const { link: used } = await member(own);
      assertPage(await (await invite(own)).browser.open(used), 403, usedUp);
    }),
  },
  {
    name: 'an invitation that is used by two at once',
    run: onOwn(async (own) => {
      const people = await own.people();
      const { id, browser, link: address } = await invite(own);
      const read = await people.get(id);
      assert.ok(read);
      assert.equal((await browser.open(address)).status, 200);
      assert.equal(await people.register(read, { id: randomText(), publicKey: '', counter: 0 }), false);
    }),
  },
  {
    name: 'an invitation after a week',
    run: onOwn(async (own) => {
      const { browser, link: address } = await invite(own);
      own.world.ahead = 7 * 86_400 + 1;
      assertPage(await browser.open(address), 403, usedUp);
    }),
  },
  link('an invitation with a guess for a token', ({ link: address }) =>
    withParameter(address, 'token', randomText()),
  ),
  link('an invitation under the name of somebody else who is invited', async ({ link: address }, own) =>
    withParameter(address, 'person', (await invite(own)).id),
  ),
  link('an invitation that is made of what is kept of it', ({ link: address, kept }) =>
    withParameter(address, 'token', kept.digest),
  ),
  link('an invitation at another organisation', ({ link: address }) =>
    address.replace(routes.contoso, routes.fabrikam),
  ),
  {
    name: 'an invitation at an address that no passkey is for',
    run: onOwn(async (own) => {
      const { link: address } = await invite(own);
      const shown = await send(own.world, address.slice(own.origin.length));
      assertPage(shown, 400, /Browsers have no passkeys for an IP address/);
    }),
  },
  passkey('a new passkey of another site’s page', { origin: 'http://localhost:1' }),
  passkey('a new passkey for another site', { rpId: 'neighbour.example' }),
  passkey('a new passkey for another invitation', { challenge: randomText() }),
  passkey('a new passkey of a device that did not ask for its owner', { userVerified: false }),
];
