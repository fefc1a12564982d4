import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from '#platform/dates';
import { answerIn, callTool, cardIn, frameOf, subscriptionOf } from '#scripts/browser/console-visitor';
import { chromium } from '#scripts/browser/executable';
import { highInvoice } from '#seed/scenarios/1-high-invoice';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { violationsIn } from '../../support/browser-page.ts';
import { consoleStack, timeout } from './console-stack.ts';

interface Diagnosis {
  readonly status: string;
  readonly findings: readonly { readonly title: string }[];
}
interface Owed {
  readonly total_due: number;
  readonly invoices: readonly { readonly invoice_id: number; readonly outstanding: number }[];
}

/** What somebody does in the console, by clicking, and what they see of it. */
describe.skipIf(chromium === undefined)('at work in the console', { timeout }, () => {
  const { open } = consoleStack(() => ({
    settings: { TROUBLESHOOT_SECONDS: '15', CONFIRM_PAYMENTS_ABOVE: '10', APPROVE_ABOVE: '100' },
  }));

  /** A part of the view of jobs and approvals. */
  async function viewOf(page: Page, name: string) {
    await page.getByRole('link', { name: 'Jobs and approvals' }).click();
    const part = page.getByRole('region', { name });
    await part.waitFor();
    return part;
  }
  async function owed(page: Page, customer = highInvoice.customerId): Promise<Owed> {
    await callTool(page, 'What a customer owes', { customer_id: String(customer) });
    return (await answerIn(page)) as Owed;
  }

  it('quinn sees the usage of customer 259 as a chart, and watches a diagnosis to its end', async () => {
    const { page, signIn, complaints, close } = await open();
    await signIn('quinn@contoso');
    const subscription_id = await subscriptionOf(page, 259);
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
    // its user looks at it among their jobs, where it goes on
    const jobs = await viewOf(page, 'My jobs');
    const links = jobs.getByRole('link', { name: 'Troubleshoot a device' });
    await jobs.getByRole('progressbar').waitFor();
    await links.first().click();
    await card.locator('li[aria-current=step]').waitFor();
    await jobs.getByText(', completed').waitFor();
    const { status, findings } = (await answerIn(page)) as Diagnosis;
    expect(status).toMatch(/^(success|attention_needed)$/);
    await card.getByText(findings[0]?.title ?? 'none').waitFor();
    expect(await card.locator('li[aria-current=step]').count()).toBe(0);

    await callTool(page, 'Troubleshoot a device', { device_name: 'Router', detail: 'It is hot' });
    await card.locator('li[aria-current=step]').waitFor();
    await viewOf(page, 'My jobs');
    await jobs.getByRole('button', { name: 'Cancel', exact: true }).click();
    await jobs.getByRole('button', { name: 'Yes, cancel it' }).click();
    await jobs.getByText(', cancelled').waitFor();
    await links.first().click();
    await card.getByText('was cancelled').first().waitFor();
    expect(await jobs.getByRole('progressbar').count()).toBe(0);
    expect(await violationsIn(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('anna approves in her view what bill sees waiting in his; neither has the trail', async () => {
    const bill = await open();
    await bill.signIn('bill@contoso');
    const { invoices } = await owed(bill.page, overTheCap.customerId);
    const [invoice] = invoices.filter(({ outstanding }) => outstanding > 100);
    const what = `This pays $${invoice?.outstanding.toFixed(2)}`;
    const ask = async () => {
      await callTool(bill.page, 'Pay an invoice', {
        invoice_id: String(invoice?.invoice_id),
        amount: String(invoice?.outstanding),
      });
      await bill.page.getByRole('dialog').getByRole('button', { name: 'Agree' }).click();
      await bill.page.getByRole('region', { name: 'Answer' }).waitFor();
      const view = await viewOf(bill.page, 'What I asked for that waits');
      await view.getByText(what).waitFor();
      return view;
    };
    const requests = await ask();
    // by keyboard: it goes on where it is asked
    await requests.getByRole('button', { name: 'Withdraw' }).press('Enter');
    await requests.getByRole('alert').getByText('Withdraw it?').waitFor();
    expect(await violationsIn(bill.page)).toEqual([]);
    await bill.page.keyboard.press('Tab');
    await bill.page.keyboard.press('Enter');
    await requests.getByRole('status').getByText('The request was withdrawn').waitFor();
    await requests.getByText('Nothing of yours waits').waitFor();
    await ask();
    expect(await bill.page.getByRole('region', { name: 'What waits for my decision' }).count()).toBe(0);

    const anna = await open();
    await anna.signIn('anna@contoso');
    await viewOf(anna.page, 'What waits for my decision');
    expect(await anna.page.getByRole('region', { name: 'What I asked for that waits' }).count()).toBe(0);
    const asked = cardIn(anna.page).getByRole('region', { name: what });
    await asked.getByLabel('Your reason').fill('Agreed on the phone');
    await asked.getByRole('button', { name: 'Approve' }).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Agree' }).click();
    await cardIn(anna.page).getByText('A second person approved this').first().waitFor();

    await requests.getByRole('button', { name: 'Look again' }).click();
    await requests.getByText('Nothing of yours waits').waitFor();
    const after = await owed(bill.page, overTheCap.customerId);
    expect(after.invoices.find(({ invoice_id }) => invoice_id === invoice?.invoice_id)?.outstanding).toBe(0);
    for (const { page, complaints, close } of [bill, anna]) {
      const views = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
      expect(await views.allInnerTexts()).toEqual(['You', 'Tools', 'Jobs and approvals']);
      expect(complaints).toEqual([]);
      await close();
    }
  });

  it('sara reads the trail as a time line, by tool, outcome and user, a page at a time', async () => {
    const { page, signIn, complaints, close } = await open({ width: 360 });
    await signIn('sara@contoso');
    await callTool(page, 'Customer profile and subscriptions', { customer_id: '999999' });
    await page.getByRole('region', { name: 'Answer' }).waitFor();
    await page.getByRole('link', { name: 'Trail', exact: true }).click();
    const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
    const show = async (fields: Readonly<Record<string, string>>, outcome: string) => {
      for (const [name, value] of Object.entries(fields)) {
        await page.getByLabel(name, { exact: true }).fill(value);
      }
      await page.getByLabel('Outcome').selectOption(outcome);
      await page.getByRole('button', { name: 'Show', exact: true }).click();
    };
    await entries.first().waitFor();
    await show({ Tool: 'get_customer_detail' }, 'failed');
    await expect.poll(() => entries.count()).toBe(1);
    expect(await entries.innerText()).toMatch(/get_customer_detail\s+not_found/);
    await entries.getByRole('button').click();
    await expect.poll(() => page.getByLabel('User', { exact: true }).inputValue()).toContain(':');
    await show({ Tool: 'pay_invoice' }, 'ok');
    await page.getByText('There are no such entries').waitFor();
    expect(await entries.count()).toBe(0);
    expect(await violationsIn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
    await close();
  });

  it('bill pays only what he agreed to when the service asked, in both ways of the protocol', async () => {
    const { page, signIn, complaints, close } = await open();
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
