import { afterAll, describe, expect, it } from 'vitest';
import { balanceOf } from '#contoso/rules/billing';
import { addDays, dayOf } from '#platform/dates';
import { tenantId } from '#platform/identity/tenant';
import { callTool, cardIn, frameOf } from '#scripts/browser/console-visitor';
import { chromium } from '#scripts/browser/executable';
import { budget } from '#scripts/console/budget';
import { demoSeed } from '#seed/demo-company';
import { generate } from '#seed/generate/generate';
import { lockedAccount } from '#seed/scenarios/4-locked-account';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { gigabytes, usedInCycle } from '#seed/scenarios/measures';
import { storyOf } from '#seed/scenarios/scenario';
import { type StorageProxy, startStorageProxy } from '../../security/storage-proxy.ts';
import { violationsIn } from '../../support/browser-page.ts';
import { consoleStack, timeout } from './console-stack.ts';

describe.skipIf(chromium === undefined)('the console, in a real browser', { timeout }, () => {
  let storage: StorageProxy;
  // after the stack, which still writes at its end
  afterAll(() => storage?.stop());
  const { stack, open } = consoleStack(async () => {
    storage = await startStorageProxy();
    return { dataStorage: storage.connectionString };
  });

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
    for (const [view, role] of [
      ['me', 'table'],
      ['tools/pay_invoice', 'textbox'],
      ['jobs', 'heading'],
    ] as const) {
      await page.evaluate(`location.hash = '/${view}'`);
      await page.getByRole('main').getByRole(role).first().waitFor();
      expect(await violationsIn(page), view).toEqual([]);
      expect(await wide(), view).toBeLessThanOrEqual(width);
    }
    expect(window.complaints).toEqual([]);
    await window.close();
  });

  it('shows in cards that what is stored does not answer, and then what the answer keys say', async () => {
    const asOf = dayOf(new Date());
    const data = generate({ asOf, seed: demoSeed, tenant: tenantId('contoso') });
    const story = storyOf(data, asOf, overTheCap.customerId);
    const { subscription_id } = story.subscription;
    const { outstanding } = balanceOf(story.latestInvoice, story.payments);
    const last = story.latestInvoice.invoice_date;
    const cards: readonly (readonly [string, Readonly<Record<string, string | number>>, string])[] = [
      ['What a customer owes', { customer_id: overTheCap.customerId }, `$${outstanding}.00 outstanding`],
      [
        'Data, voice and SMS usage',
        { subscription_id, start_date: addDays(last, -29), end_date: last },
        `${gigabytes(usedInCycle(story))} GB of 10.0 GB`,
      ],
      ['Subscription, invoices and incidents', { subscription_id }, story.product.name],
      [
        'Ask the account and security expert',
        { question: `Unlock ${lockedAccount.customerId}` },
        'It rests on',
      ],
    ];
    const { page, signIn, complaints, close } = await open();
    await signIn('sara@contoso');
    for (const [tool, fields, shown] of cards) {
      storage.fault = { pattern: /./, effect: 'fail' };
      const given = Object.entries(fields).map(([name, value]) => [name, String(value)]);
      await callTool(page, tool, Object.fromEntries(given));
      await cardIn(page).getByRole('alert').getByText('Failed').waitFor();
      storage.release();
      await cardIn(page).getByRole('button', { name: 'Try again' }).click();
      await cardIn(page).getByText(shown).first().waitFor();
      expect(await violationsIn(await frameOf(page)), tool).toEqual([]);
    }
    await cardIn(page).locator('summary').first().click();
    await cardIn(page).getByText('knowledge://').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
