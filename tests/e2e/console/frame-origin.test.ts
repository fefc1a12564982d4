import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from '#emulators/stack/free-port';
import { accessOf } from '#emulators/stack/stack';
import { addDays, dayOf } from '#platform/dates';
import { callTool, cardIn, frameOf, subscriptionOf } from '#scripts/browser/console-visitor';
import { chromium } from '#scripts/browser/executable';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { consoleStack, timeout } from './console-stack.ts';

const frameHost = 'localhost';

/** What a server answers under a name that its address does not have. */
async function statusUnder(host: string, address: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(address, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

/** The console at one name of this machine, and its cards at another. */
describe.skipIf(chromium === undefined)('cards with an origin of their own', { timeout }, () => {
  let frameOrigin: string;
  const { stack, open } = consoleStack(async () => {
    const port = await freePort(0);
    frameOrigin = `http://${frameHost}:${port}`;
    return {
      port,
      settings: { CONSOLE_FRAME_ORIGIN: frameOrigin },
      namedValues: { 'console-frame-host': frameHost },
    };
  });

  it('are shown, and reach neither the window of the console, nor its storage, nor the service', async () => {
    const { page, signIn, complaints, close } = await open();
    await signIn('quinn@contoso');
    const today = dayOf(new Date());
    await callTool(page, 'Data, voice and SMS usage', {
      subscription_id: await subscriptionOf(page, overTheCap.customerId),
      start_date: addDays(today, -30),
      end_date: today,
    });
    await cardIn(page).locator('.day').first().waitFor();
    const element = page.locator('main iframe');
    expect(await element.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin');
    expect(await element.getAttribute('src')).toBe(`${frameOrigin}/contoso-mcp/console/card`);
    const frame = await frameOf(page);
    expect(complaints).toEqual([]);

    await page.evaluate('sessionStorage.setItem("of-the-console", "1")');
    const tried = (what: string) =>
      frame.evaluate(
        `(async () => { try { return String(await (${what})); } catch (error) { return error.name; } })()`,
      );
    expect(await tried('origin')).toBe(frameOrigin);
    expect(await tried('parent.document.title')).toBe('SecurityError');
    expect(await tried('parent.sessionStorage.length')).toBe('SecurityError');
    expect(await tried('parent.location.href')).toBe('SecurityError');
    // its own storage is another one, where the browser gives a frame of another site any
    expect(await tried('sessionStorage.getItem("of-the-console")')).toMatch(/^(null|SecurityError)$/);
    for (const origin of [stack().origin, frameOrigin]) {
      expect(await tried(`fetch("${origin}/contoso-mcp/mcp")`)).toBe('TypeError');
    }
    // nor does it take the console away
    expect(await tried(`top.location.href = "${frameOrigin}/"`)).toBe('SecurityError');
    expect(page.url()).toMatch(new RegExp(`^${stack().origin}/contoso-mcp/console`));
    await close();
  });

  it('have nothing at their host name but the page around them, which is nowhere else', async () => {
    const statusAt = async (address: string) => (await fetch(address)).status;
    expect(await statusAt(`${frameOrigin}/contoso-mcp/console/card`)).toBe(200);
    expect(await statusAt(`${stack().origin}/contoso-mcp/console/card`)).toBe(404);
    for (const path of ['/', '/contoso-mcp/console', '/contoso-mcp/console/app.js', '/contoso-mcp/mcp']) {
      expect(await statusAt(`${frameOrigin}${path}`), path).toBe(404);
    }
    // whoever comes past the gateway hears the same of the service itself
    const { backend } = accessOf(stack(), 'contoso');
    for (const path of ['/health/live', '/mcp', '/.well-known/oauth-protected-resource/contoso-mcp/mcp']) {
      const { href } = new URL(path, backend);
      expect(await statusUnder('127.0.0.1', href), path).not.toBe(404);
      expect(await statusUnder(frameHost, href), path).toBe(404);
    }
  });
});
