import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '#emulators/stack/stack';
import { addDays, dayOf } from '#platform/dates';
import { highInvoice } from '#seed/scenarios/1-high-invoice';
import { chromium } from '../../support/chromium/executable.ts';
import { quietStack } from '../../support/quiet-stack.ts';
import { answerIn, callTool, launch, openWindow, violationsIn } from './console-window.ts';

interface Profile {
  readonly subscriptions: readonly { readonly subscription_id: number }[];
}
interface Owed {
  readonly total_due: number;
  readonly invoices: readonly { readonly invoice_id: number; readonly outstanding: number }[];
}

/** What somebody does in the console, by clicking, and what they see of it. */
describe.skipIf(chromium === undefined)('at work in the console', { timeout: 240_000 }, () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    const settings = { TROUBLESHOOT_SECONDS: '6', CONFIRM_PAYMENTS_ABOVE: '10' };
    stack = await startStack({ ...quietStack, settings });
    browser = await launch();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const cardIn = (page: Page) => page.frameLocator('main iframe');
  async function frameOf(page: Page) {
    const frame = await page.locator('main iframe').elementHandle();
    return (await frame?.contentFrame()) ?? page;
  }
  async function owed(page: Page): Promise<Owed> {
    await callTool(page, 'What a customer owes', { customer_id: String(highInvoice.customerId) });
    return (await answerIn(page)) as Owed;
  }

  it('quinn sees the usage of customer 259 as a chart, and watches a diagnosis to its end', async () => {
    const { page, signIn, complaints, close } = await openWindow(browser, stack.origin);
    await signIn('quinn@contoso');
    await callTool(page, 'Customer profile and subscriptions', { customer_id: '259' });
    const { subscriptions } = (await answerIn(page)) as Profile;
    const subscription_id = String(subscriptions[0]?.subscription_id);
    const today = dayOf(new Date());
    await callTool(page, 'Data, voice and SMS usage', {
      subscription_id,
      start_date: addDays(today, -30),
      end_date: today,
    });
    const card = cardIn(page);
    await card.locator('.day').first().waitFor();
    expect(await card.locator('.day').count()).toBe(31);
    expect(await violationsIn(await frameOf(page))).toEqual([]);

    await callTool(page, 'Troubleshoot a device', {
      device_name: 'Router',
      detail: 'Pages hardly load',
      subscription_id,
    });
    await card.locator('li[aria-current=step]').waitFor();
    expect(await answerIn(page)).toMatchObject({
      status: expect.stringMatching(/^(success|attention_needed)$/),
    });
    expect(await card.locator('li[aria-current=step]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('bill pays only what he agreed to when the service asked, in both ways of the protocol', async () => {
    const { page, signIn, complaints, close } = await openWindow(browser, stack.origin);
    await signIn('bill@contoso');
    const before = await owed(page);
    const [invoice] = before.invoices.filter(({ outstanding }) => outstanding > 0);
    const half = Math.floor((invoice?.outstanding ?? 0) / 2);
    const pay = async (answer: 'Agree' | 'Decline') => {
      await callTool(page, 'Pay an invoice', {
        invoice_id: String(invoice?.invoice_id),
        amount: String(half),
      });
      const asked = page.getByRole('dialog');
      await asked.getByText(`This pays $${half}`).waitFor();
      await asked.getByRole('button', { name: answer }).click();
      await page.getByRole('region', { name: 'Answer' }).waitFor();
    };
    let due = before.total_due;
    for (const revision of ['2026-07-28', '2025-11-25']) {
      await page.getByLabel('Protocol').selectOption(revision);
      await page.getByRole('link', { name: 'You' }).click();
      await page.getByRole('heading', { name: 'What you may do' }).waitFor();
      await pay('Decline');
      expect((await owed(page)).total_due).toBeCloseTo(due, 2);
      await pay('Agree');
      due -= half;
      expect((await owed(page)).total_due).toBeCloseTo(due, 2);
    }
    // the answer that the revision of 2025 has for whoever asks for a stream where there is none
    expect(complaints.filter((text) => !text.includes('405 (Method Not Allowed)'))).toEqual([]);
    await close();
  });
});
