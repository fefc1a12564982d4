import { describe, expect, it } from 'vitest';
import { chromium } from '#scripts/browser/executable';
import { budget } from '#scripts/console/budget';
import { violationsIn } from '../../support/browser-page.ts';
import { consoleStack, timeout } from './console-stack.ts';

describe.skipIf(chromium === undefined)('the console, in a real browser', { timeout }, () => {
  const { stack, open } = consoleStack(() => ({ settings: { TROUBLESHOOT_SECONDS: '6' } }));

  it('leads from the root of the gateway by clicks alone to who one is and what one may do', async () => {
    const window = await open();
    await window.signIn('quinn@contoso');
    const { page } = window;
    expect(page.url()).toBe(`${stack().origin}/contoso-mcp/console`);
    expect(await page.getByRole('definition').allInnerTexts()).toContain('query');
    const listed = await page.getByRole('main').getByRole('link').allInnerTexts();
    expect(listed).toContain('Data, voice and SMS usage');
    expect(listed).toContain('Ask the experts');
    // neither what quinn's role does not permit, nor what only cards call
    expect(listed).not.toContain('Pay an invoice');
    expect(listed).not.toContain('See how far a diagnosis is');
    expect(window.complaints).toEqual([]);
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe('{}');
    await window.close();
  });

  it('costs no more bytes and requests than its budget until one can sign in', async () => {
    const window = await open();
    await window.page.goto(`${stack().origin}/contoso-mcp/console`);
    await window.page.getByRole('button', { name: 'Sign in' }).waitFor();
    const sizes = await Promise.all(window.requests.map(({ bytes }) => bytes));
    const sum = sizes.reduce((all, bytes) => all + bytes, 0);
    expect(window.requests.length).toBeLessThanOrEqual(budget.firstRequests);
    expect(sum).toBeGreaterThan(10_000);
    expect(sum).toBeLessThanOrEqual(budget.firstBytes);
    expect(window.requests.every(({ url }) => url.startsWith(stack().origin))).toBe(true);
    await window.close();
  });

  it.each([
    [360, false],
    [360, true],
    [1440, false],
    [1440, true],
  ])('is accessible and fits at %i pixels, dark: %s', async (width, dark) => {
    const window = await open({ width, dark });
    const { page } = window;
    await page.goto(`${stack().origin}/contoso-mcp/console`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await window.signIn('bill@contoso');
    const wide = () => page.evaluate('document.documentElement.scrollWidth');
    for (const view of ['me', 'tools/pay_invoice']) {
      await page.evaluate(`location.hash = '/${view}'`);
      await page
        .getByRole(view === 'me' ? 'table' : 'textbox')
        .first()
        .waitFor();
      expect(await violationsIn(page), view).toEqual([]);
      expect(await wide(), view).toBeLessThanOrEqual(width);
    }
    expect(window.complaints).toEqual([]);
    await window.close();
  });
});
