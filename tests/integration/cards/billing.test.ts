import { describe, expect, it } from 'vitest';
import { balanceOf } from '#contoso/rules/billing';
import { highInvoice } from '#seed/scenarios/1-high-invoice';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { storyOf } from '#seed/scenarios/scenario';
import { today } from '../../support/service.ts';
import type { ShownCard } from './card-window.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

/** What a customer owes, and paying it, in a real browser. */
describe.skipIf(!canShowCards)('the card of the invoices', { timeout: 120_000 }, () => {
  const { world, show: inBrowser, showWithoutStorage } = cardsInBrowser();

  const show = (customer_id: number, more: object = {}) =>
    inBrowser({ tool: 'get_billing_summary', args: { customer_id }, roles: ['billing'], ...more });
  const storyFor = (customer: number) => storyOf(world().tenant.data, today(), customer);

  /** Unfolds the newest invoice. */
  async function unfold({ card }: ShownCard, customer: number) {
    const { latestInvoice } = storyFor(customer);
    await card.getByText(`Invoice ${latestInvoice.invoice_id}:`).click();
    await card.getByText('settled of').waitFor();
    return latestInvoice;
  }

  it('shows what is settled and what is outstanding, as the answer key has it', async () => {
    const shown = await show(highInvoice.customerId);
    const { card, complaints, violations } = shown;
    const latest = await unfold(shown, highInvoice.customerId);
    const { settled, outstanding } = balanceOf(latest, storyFor(highInvoice.customerId).payments);
    await card.getByText(`$${settled}.00 settled of $${latest.amount}.00`).waitFor();
    await card.getByText(`$${outstanding}.00 outstanding`).waitFor();
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('pays a part where the client asks its user, and shows that the user did not agree', async () => {
    const shown = await show(overTheCap.customerId, { user: 'declines' });
    const { card, page } = shown;
    const { invoice_id } = await unfold(shown, overTheCap.customerId);
    await card.getByRole('spinbutton').fill('20.50');
    await card.getByRole('button', { name: 'Pay', exact: true }).click();
    await card.getByText(`$129.50 of invoice ${invoice_id} is still outstanding.`).waitFor();
    await card.getByRole('button', { name: 'Pay', exact: true }).click();
    await card.getByRole('alert').getByText('The user did not agree, so nothing was done.').waitFor();
    expect(await page.evaluate(() => globalThis.shown?.questions)).toHaveLength(1);
  });

  it('pays the rest after the agreement that the server asks for, or not', async () => {
    const shown = await show(overTheCap.customerId);
    const { card, calls, violations } = shown;
    const { invoice_id } = await unfold(shown, overTheCap.customerId);
    await card.getByRole('button', { name: 'Pay', exact: true }).press('Enter');
    await card.getByText(`This pays $129.50 of invoice ${invoice_id}`).waitFor();
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'No' }).click();
    await card.getByText('Nothing was done.').waitFor();
    await card.getByRole('spinbutton').press('Enter');
    await card.getByRole('button', { name: 'Agree and pay' }).click();
    await card.getByText(`invoice ${invoice_id} is settled.`).waitFor();
    await card.getByText(`Invoice ${invoice_id}: settled`).waitFor();
    expect((await calls()).filter((name) => name === 'pay_invoice')).toHaveLength(3);
  });

  it('says so when what is stored does not answer, and shows the invoices afterwards', async () => {
    const customer_id = highInvoice.customerId;
    const shown = await showWithoutStorage({
      tool: 'get_billing_summary',
      args: { customer_id },
      roles: ['billing'],
    });
    await unfold(shown, customer_id);
  });

  it('says which permission is missing', async () => {
    const shown = await show(highInvoice.customerId, { roles: ['query'] });
    await unfold(shown, highInvoice.customerId);
    await shown.card.getByRole('button', { name: 'Pay', exact: true }).click();
    await shown.card.getByRole('alert').getByText('pay_invoice needs the permission billing.write').waitFor();
  });
});
