import { describe, expect, it } from 'vitest';
import { addDays } from '#platform/dates';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { gigabytes, overageInCycle, usedInCycle } from '#seed/scenarios/measures';
import { storyOf } from '#seed/scenarios/scenario';
import { today } from '../../support/service.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

const markup = '<img src="/stolen" onerror="document.title=\'taken\'">Plan';

/** What a customer used, in a real browser, by a host made of the extension's own library. */
describe.skipIf(!canShowCards)('the card of the usage', { timeout: 120_000 }, () => {
  const {
    world,
    show: inBrowser,
    showWithoutStorage,
  } = cardsInBrowser((data) => ({
    ...data,
    products: data.products.map((product) => ({ ...product, name: `${markup} ${product.product_id}` })),
  }));

  const story = () => storyOf(world().tenant.data, today(), overTheCap.customerId);
  /** The cycle of the last invoice, and the days around it. */
  const range = (more = 0) => {
    const { subscription, latestInvoice } = story();
    return {
      subscription_id: subscription.subscription_id,
      start_date: addDays(latestInvoice.invoice_date, -29 - more),
      end_date: latestInvoice.invoice_date,
    };
  };
  const show = (more: object = {}, args: object = range()) =>
    inBrowser({ tool: 'get_data_usage', args: { ...args }, roles: ['query'], ...more });

  it('shows the cycle, the cap and every day as the answer key has them', async () => {
    const { card, complaints, violations, calls } = await show();
    const used = gigabytes(usedInCycle(story()));
    const over = gigabytes(overageInCycle(story()));
    await card.getByText(`${used} GB of 10.0 GB, ${over} GB above the cap`).waitFor();
    expect(await card.locator('.day').count()).toBe(30);
    expect(await card.locator('line.cap').count()).toBe(1);
    expect(await card.locator('line.cycle').count()).toBe(0);
    expect(await card.getByRole('row').count()).toBe(31);
    expect(await calls()).toEqual(['get_subscription_detail']);
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('marks where a cycle begins, and counts from its begin when fewer days were asked for', async () => {
    const { card, calls } = await show({}, { ...range(10), aggregate: true });
    await card.getByText('above the cap').waitFor();
    expect(await card.locator('line.cycle').count()).toBe(1);
    // both cycles are whole, although ten days of the first were asked for, and only as a sum
    expect(await card.locator('.day').count()).toBe(60);
    expect(await calls()).toEqual(['get_subscription_detail', 'get_data_usage']);
  });

  it('takes the theme and the language of its host, and another theme later', async () => {
    const { card, page, violations } = await show({ context: { theme: 'dark', locale: 'de-DE' } });
    await card.getByText(`${gigabytes(usedInCycle(story())).replace('.', ',')} GB of 10,0 GB`).waitFor();
    const root = card.locator('html');
    expect(await root.getAttribute('data-theme')).toBe('dark');
    expect(await violations()).toEqual([]);
    await page.evaluate(() => globalThis.shown?.change({ theme: 'light' }));
    await expect.poll(() => root.getAttribute('data-theme')).toBe('light');
    expect(await violations()).toEqual([]);
  });

  it('fits into 320 pixels, and is used by keyboard alone', async () => {
    const { card, frame, violations } = await show({ width: 320 });
    await card.getByText('above the cap').waitFor();
    expect(await frame().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await card.getByRole('region', { name: 'Chart of the days' }).focus();
    await card.getByRole('button', { name: 'Show the days as a table' }).press('Enter');
    await card.getByRole('button', { name: 'Hide the table' }).waitFor();
    expect(await frame().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violations()).toEqual([]);
  });

  it('shows markup in a record as text', async () => {
    const { card, frame, complaints } = await show();
    await card.getByText(markup).waitFor();
    expect(await card.locator('img').count()).toBe(0);
    expect(await frame().title()).toBe('Data usage');
    expect(world().reached).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says what the server said when it refuses, and asks again on demand', async () => {
    const { card, calls, violations } = await show({}, { ...range(), subscription_id: 999_999 });
    await card.getByRole('alert').getByText('There is no subscription 999999').waitFor();
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(calls).toEqual(['get_data_usage']);
    await card.getByRole('alert').waitFor();
  });

  it('says so when what is stored does not answer, and shows the days afterwards', async () => {
    const { card } = await showWithoutStorage({ tool: 'get_data_usage', args: range(), roles: ['query'] });
    await card.getByText('above the cap').waitFor();
  });

  it('says that there was no usage', async () => {
    const days = { start_date: '2001-01-01', end_date: '2001-01-30' };
    const { card } = await show({}, { ...range(), ...days });
    await card.getByText('No usage was recorded in these days.').waitFor();
  });

  // the last one: the browser tells once more what it has blocked when another frame of that process is shown
  it('reaches no address, even where its host does not see to that', async () => {
    const { card, frame } = await show({ careless: true });
    await card.getByText('above the cap').waitFor();
    const blocked = await frame().evaluate(async (origin) => {
      const policies: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        policies.push(effectiveDirective);
      });
      const address = (name: string) => `${origin}/${name}`;
      await fetch(address('fetch')).catch(() => {});
      navigator.sendBeacon(address('beacon'), 'x');
      const script = document.createElement('script');
      script.textContent = `document.title = 'taken'`;
      document.head.append(script);
      await new Promise((resolve) => {
        const image = new Image();
        image.addEventListener('error', resolve);
        image.src = address('image');
      });
      const form = document.createElement('form');
      form.action = address('form');
      document.body.append(form);
      form.submit();
      return policies;
    }, world().origin);
    expect(blocked).toEqual(expect.arrayContaining(['connect-src', 'script-src-elem', 'img-src']));
    expect(await frame().title()).toBe('Data usage');
    expect(world().reached).toEqual([]);
  });
});
