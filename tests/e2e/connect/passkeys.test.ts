import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantId } from '#platform/identity/tenant';
import { newInvitation, newPersonId } from '#platform/sign-in/own/invitation';
import { openStorage } from '#platform/storage/connect';
import { type PeopleStore, peopleStore } from '#platform/storage/people-store';
import { chromium } from '#scripts/browser/executable';
import { accessOf, type Stack, startStack } from '../../../emulators/stack/stack.ts';
import { authorizeUrl, register } from '../../integration/sign-in/proxy-world.ts';
import { addDevice, type Device } from '../../support/chromium/passkeys.ts';
import { openWindow, type Window } from '../../support/chromium/window.ts';
import { callWith2x } from '../../support/first-call.ts';
import { NewClient, redirectUri } from '../../support/new-client.ts';
import { quietStack } from '../../support/quiet-stack.ts';

/** The stack as `npm start -- --sign-in own` starts it, and a real browser where the machine has one. */
describe.skipIf(chromium === undefined)('accounts of the service, in a real browser', () => {
  let stack: Stack;
  let people: PeopleStore;
  let window: Window;
  let device: Device;

  beforeAll(async () => {
    stack = await startStack({ ...quietStack, signIn: 'own' });
    const { dataStorage } = accessOf(stack, 'contoso');
    people = peopleStore(await openStorage({ dataStorage }), tenantId('contoso'));
    window = await openWindow(chromium ?? '');
    device = await addDevice(window.inPage);
  }, 240_000);

  afterAll(async () => {
    await window?.close();
    await stack?.stop();
  });

  /** Of the tenant, where the service is what people sign in at. */
  const base = () =>
    accessOf(stack, 'contoso')
      .mcp.replace('127.0.0.1', 'localhost')
      .replace(/\/mcp$/, '');
  const title = () => window.ask('document.title');
  const shown = () => window.ask('document.body.innerText');
  /** Where the client was answered. */
  const answers = () => window.requests.filter((one) => one.startsWith(`GET ${redirectUri}?`));

  /** Somebody who is invited, and makes a passkey on a device that has none. */
  async function join(): Promise<{ id: string; link: string }> {
    const id = newPersonId();
    const { link, kept } = newInvitation(base(), id, new Date());
    await people.add({ id, name: 'Ada Stone', roles: ['query'], invitation: kept });
    await device.forget();
    await window.go(link);
    await window.click('button: Make a passkey');
    await expect.poll(title).toBe('You can sign in now');
    return { id, link };
  }

  /** Allows a program to act, and uses the passkey. */
  async function usePasskey(address: URL): Promise<void> {
    await window.go(address);
    await window.click('button: Allow');
    await window.click('button: Use a passkey');
  }

  /** A program whose person sits before the window. */
  class Program extends NewClient {
    override async redirectToAuthorization(url: URL) {
      const before = answers().length;
      await usePasskey(url);
      await expect.poll(() => answers().length).toBeGreaterThan(before);
      this.answer = new URL(answers().at(-1)?.slice('GET '.length) ?? '').searchParams;
    }
  }

  /** Signs in to no end: what the window shows is what counts. */
  async function tryToSignIn(): Promise<void> {
    const client = await register(base(), { redirect_uris: [redirectUri] });
    await usePasskey(authorizeUrl(base(), client, { redirect_uri: redirectUri, login_hint: undefined }));
  }

  it('somebody who was invited makes a passkey, signs in with it, and calls a tool', async () => {
    await join();
    expect(await device.hosts()).toEqual(['localhost']);
    expect(await callWith2x(`${base()}/mcp`, new Program(''))).toMatchObject({ last_name: 'Doe' });
    expect(window.complaints.filter((text) => /policy|cookie/i.test(text))).toEqual([]);
  });

  it('an invitation works once', async () => {
    const { link } = await join();
    await window.go(link);
    await expect.poll(shown).toContain('This invitation was used, or has expired');
  });

  it('who was removed gets no further than the passkey', async () => {
    const { id } = await join();
    await people.remove(id);
    await tryToSignIn();
    await expect.poll(shown).toContain('This passkey is not known here');
  });

  it('a device that does not recognize its owner signs nobody in', async () => {
    await join();
    await device.recognizeOwner(false);
    await tryToSignIn();
    await expect.poll(shown).toContain('No passkey was used.');
    const before = answers().length;
    await device.recognizeOwner(true);
    await window.click('button: Use a passkey');
    await expect.poll(() => answers().length).toBeGreaterThan(before);
  });

  it('says in the console which endpoint a sign-in is not for, and signs in for it instead', async () => {
    await join();
    /** As whoever has allowed the console before, or has not. */
    const signIn = async () => {
      await expect.poll(shown).toMatch(/Allow|Use a passkey/);
      if (String(await shown()).includes('Allow')) {
        await window.click('button: Allow');
      }
      await window.click('button: Use a passkey');
    };
    await window.go(`${base()}/console`);
    await window.click('button: Sign in');
    await signIn();
    await expect.poll(shown).toContain('The experts and long jobs need a sign-in of their own');
    expect(await shown()).toContain('Data, voice and SMS usage');
    await window.click('button: Sign in for the experts instead');
    await signIn();
    await expect.poll(shown).toContain('The tools, approvals and the trail need a sign-in of their own');
    expect(await shown()).toContain('Ask the experts');
  });
});
