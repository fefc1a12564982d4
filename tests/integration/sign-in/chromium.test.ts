import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '#scripts/browser/executable';
import { openWindow, type Window } from '../../support/chromium/window.ts';
import { authorizeUrl, type ProxyWorld, redeem, register, startProxyWorld } from './proxy-world.ts';

/** A real browser, where the machine has one: its rules for cookies, forms and policies are what counts. */
describe.skipIf(chromium === undefined)('in a real browser', () => {
  let world: ProxyWorld;
  let window: Window;

  beforeAll(async () => {
    world = await startProxyWorld();
    window = await openWindow(chromium ?? '');
  });

  afterAll(async () => {
    await window?.close();
    await world?.close();
  });

  const baseOn = (host: string) => `${world.origin.replace('127.0.0.1', host)}/contoso-mcp`;

  /** Loads the page that asks. */
  async function ask(base: string): Promise<string> {
    const client = await register(base);
    await window.go(authorizeUrl(base, client));
    const state = () => window.ask('document.readyState + ": " + document.title');
    await expect.poll(state).toBe('complete: Let a program act for you?');
    return client;
  }

  const answers = () =>
    window.requests.filter((one) => one.startsWith('GET http://127.0.0.1:7997/callback?'));

  /** The code that the client's redirect is called with, after as many others. */
  async function codeAfter(others: number): Promise<string> {
    await expect.poll(() => answers().length).toBeGreaterThan(others);
    return new URL(answers().at(-1)?.slice('GET '.length) ?? '').searchParams.get('code') ?? '';
  }

  it.each(['127.0.0.1', 'localhost'])('a person signs in on %s, with the keyboard alone', async (host) => {
    const before = answers().length;
    const client = await ask(baseOn(host));
    const focused = () => window.ask('document.activeElement.name + "=" + document.activeElement.value');
    for (const expected of ['remember=yes', 'decision=allow']) {
      await window.press('Tab');
      expect(await focused()).toBe(expected);
    }
    await window.press('Enter');
    expect(await redeem(baseOn(host), client, await codeAfter(before))).toMatchObject({ status: 200 });
    expect(window.complaints.filter((text) => /policy|cookie/i.test(text))).toEqual([]);
  });

  it('a screen reader reads who asks, for what, and what can be done', async () => {
    await ask(baseOn('127.0.0.1'));
    const read = await window.read();
    expect(read).toEqual(
      expect.arrayContaining([
        'heading: Let a program act for you?',
        'checkbox: Do not ask again for this program in this browser',
        'button: Allow',
        'button: Cancel',
      ]),
    );
  });
});
