import type { Frame, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '#emulators/stack/stack';
import { dayOf } from '#platform/dates';
import { tenantId } from '#platform/identity/tenant';
import { openStorage } from '#platform/storage/connect';
import { answerIn, callTool, cardIn, frameOf } from '#scripts/browser/console-visitor';
import { chromium } from '#scripts/browser/executable';
import { fewCustomers } from '#seed/few-customers';
import { generate } from '#seed/generate/generate';
import { highInvoice } from '#seed/scenarios/1-high-invoice';
import { bulkWrite } from '#seed/writing/bulk';
import type { Dataset } from '#seed/writing/dataset';
import { violationsIn } from '../../support/browser-page.ts';
import { consoleStack, timeout } from './console-stack.ts';

const markup = '<img src="/stolen" onerror="document.title=\'taken\'">';
const inJson = JSON.stringify(markup).slice(1, -1);

/** What others wrote, cards, and people without a permission: none of them does in the console what it may not do. */
describe.skipIf(chromium === undefined)('kept apart in the console', { timeout }, () => {
  const { stack, open } = consoleStack(() => ({}));
  let hostile: Dataset;

  beforeAll(async () => {
    const { dataStorage } = accessOf(stack(), 'fabrikam');
    const tenant = tenantId('fabrikam');
    const data = fewCustomers(generate({ asOf: dayOf(new Date()), seed: 7, tenant }), 0);
    hostile = {
      ...data,
      customers: data.customers.map((one) => ({ ...one, first_name: markup })),
      products: data.products.map((one) => ({ ...one, name: `${markup} ${one.product_id}` })),
      tickets: data.tickets.map((one) => ({ ...one, subject: markup, description: markup })),
      documents: data.documents.map((one) => ({ ...one, content: `${one.content}\n\n${markup}` })),
    };
    await bulkWrite(await openStorage({ dataStorage }), tenant, hostile);
  }, timeout);

  it('markup in a ticket, a name and a document stays text, in the console and in a card', async () => {
    const { page, signIn, complaints, requests, close } = await open();
    await signIn('quinn@fabrikam', 'Fabrikam Telecom');
    const title = await page.title();
    const [ticket] = hostile.tickets;
    const calls: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['Support tickets of a customer', { customer_id: String(ticket?.customer_id) }],
      ['Customer profile and subscriptions', { customer_id: String(highInvoice.customerId) }],
      ['Search policies and procedures', { query: 'how is a locked account unlocked' }],
    ];
    for (const [tool, fields] of calls) {
      await callTool(page, tool, fields);
      expect(JSON.stringify(await answerIn(page)), tool).toContain(inJson);
      await page.getByText('As text').click();
      await page.locator('details[open] .said').waitFor();
      expect(await page.locator('img').count(), tool).toBe(0);
    }
    expect(await violationsIn(page)).toEqual([]);
    const [subscription] = hostile.subscriptions;
    await callTool(page, 'Subscription, invoices and incidents', {
      subscription_id: String(subscription?.subscription_id),
    });
    await cardIn(page).getByText(markup).first().waitFor();
    expect(await cardIn(page).locator('img').count()).toBe(0);
    expect(await page.title()).toBe(title);
    expect(requests.filter(({ url }) => url.includes('stolen'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a card that tries to reach out, or to get at the console, is blocked', async () => {
    const { page, signIn, complaints, close } = await open();
    const answered: string[] = [];
    page.on('response', (response) => answered.push(response.url()));
    await signIn('quinn@contoso');
    const title = await page.title();
    await callTool(page, 'What a customer owes', { customer_id: String(highInvoice.customerId) });
    await cardIn(page).getByText('outstanding').first().waitFor();
    const frame = await frameOf(page);
    const tried = (await frame.evaluate(`(async () => {
      const policies = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => policies.push(effectiveDirective));
      const address = (name) => '${stack().origin}/stolen/' + name;
      await fetch(address('fetch')).catch(() => {});
      navigator.sendBeacon(address('beacon'), 'x');
      const script = document.createElement('script');
      script.textContent = "document.title = 'taken'";
      document.head.append(script);
      const image = new Image();
      const failed = new Promise((resolve) => image.addEventListener('error', resolve));
      image.src = address('image');
      await failed;
      const form = document.createElement('form');
      form.action = address('form');
      document.body.append(form);
      form.submit();
      const refused = (attempt) => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return error.name;
        }
      };
      return {
        policies,
        origin: self.origin,
        parent: refused(() => { parent.document.title = 'taken'; }),
        storage: refused(() => sessionStorage.length),
        window: window.open(address('window')),
        left: refused(() => { top.location = address('top'); }),
      };
    })()`)) as Record<string, unknown>;
    expect(tried).toMatchObject({
      policies: expect.arrayContaining(['connect-src', 'script-src-elem', 'img-src']),
      origin: 'null',
      parent: 'SecurityError',
      storage: 'SecurityError',
      window: null,
      left: 'SecurityError',
    });
    expect(await frame.title()).toBe('Invoices');
    expect(await page.title()).toBe(title);
    expect(answered.filter((url) => url.includes('/stolen'))).toEqual([]);
    expect(complaints.filter((text) => /Content Security Policy|sandbox/i.test(text)).length).toBeGreaterThan(
      3,
    );
    await close();
  });

  it('a role without the permission is refused in the card', async () => {
    const { page, signIn, complaints, close } = await open();
    await signIn('quinn@contoso');
    await callTool(page, 'What a customer owes', { customer_id: String(highInvoice.customerId) });
    const card = cardIn(page);
    await card.locator('summary', { hasText: 'outstanding' }).first().click();
    await card.getByRole('button', { name: 'Pay', exact: true }).click();
    const refused = card.getByRole('alert').filter({ hasText: 'Refused' });
    await refused.getByText('Your role does not allow pay_invoice.').waitFor();
    expect(await violationsIn(await frameOf(page))).toEqual([]);
    await page.evaluate(`location.hash = '/tools/pay_invoice'`);
    await page.getByText('Choose a tool.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('is used by keyboard alone, from the root of the gateway to a button in a card', async () => {
    const { page, complaints, close } = await open();
    const focused = `((at) => at === document.body ? '' : (at.labels?.[0] ?? at).textContent.trim())(document.activeElement)`;
    /** Presses Tab until the keyboard is there. */
    async function tabTo(name: string | RegExp, where: () => Promise<Page | Frame> = async () => page) {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const at = (await (await where()).evaluate(focused)) as string;
        if (typeof name === 'string' ? at === name : name.test(at)) {
          return;
        }
      }
      throw new Error(`The keyboard does not get to ${name}.`);
    }
    const choose = async (name: string | RegExp, then: string) => {
      await tabTo(name);
      await page.keyboard.press('Enter');
      await page.getByText(then).first().waitFor();
    };
    await page.goto(stack().origin);
    await choose('Contoso Communications', 'Sign in');
    await choose('Sign in', 'Allow');
    await choose('Allow', 'quinn@contoso');
    await choose(/quinn@contoso/, 'What you may do');
    await choose('What a customer owes', 'get_billing_summary');
    await page.getByRole('main').locator('form').waitFor();
    await tabTo(/^customer_id/);
    await page.keyboard.type(String(highInvoice.customerId));
    await page.keyboard.press('Enter');
    await cardIn(page).locator('summary').first().waitFor();
    await tabTo(/outstanding/, () => frameOf(page));
    await page.keyboard.press('Space');
    await cardIn(page).getByText('settled of').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
