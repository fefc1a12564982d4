import { describe, expect, it } from 'vitest';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { storyOf } from '#seed/scenarios/scenario';
import { today } from '../../support/service.ts';
import type { ShownCard } from './card-window.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

const reason = '<b>Seen</b> the contract';

/** What waits for a second person: for the one who asked, and for those who decide; in a real browser. */
describe.skipIf(!canShowCards)('the card of approvals', { timeout: 120_000 }, () => {
  const { world, show } = cardsInBrowser(undefined, { APPROVE_ABOVE: '10', CONFIRM_PAYMENTS_ABOVE: '1000' });

  const invoice = () => storyOf(world().tenant.data, today(), overTheCap.customerId).latestInvoice.invoice_id;
  /** Asks for a payment that waits, as whoever does billing. */
  const pay = (amount: number, more: object = {}) =>
    show({
      tool: 'pay_invoice',
      args: { invoice_id: invoice(), amount, method: 'ach' },
      roles: ['query', 'billing'],
      as: 'bill',
      ...more,
    });
  const list = (more: object = {}) =>
    show({ tool: 'list_approvals', args: {}, roles: ['approver'], as: 'anna', width: 320, ...more });
  /** The one that pays this much. */
  const about = ({ card }: ShownCard, amount: number) =>
    card.getByRole('region', { name: `This pays $${amount}.00` });

  it('says that nothing waits', async () => {
    const { card, violations, complaints } = await list({ context: { theme: 'dark' } });
    await card.getByText('Nothing waits for your approval.').waitFor();
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows who wants what, why, since and until when, and approves it here, with a reason', async () => {
    const asked = await pay(20);
    await asked.card.getByText('It waits for a second person to approve it, until').waitFor();
    await asked.card.getByText('more than $10.00 needs a second person').waitFor();
    expect(await asked.card.getByRole('alert').count()).toBe(0);
    expect(await asked.violations()).toEqual([]);

    const shown = await list({ context: { locale: 'de-DE' } });
    const { card, frame, calls, violations, complaints } = shown;
    const one = about(shown, 20);
    await one.getByText('more than $10.00 needs a second person').first().waitFor();
    await one.getByText(`${world().tenant.tid}:bill`).waitFor();
    const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium' });
    const since = world().engine.now();
    await one.getByText(day.format(since)).first().waitFor();
    await one.getByText(`pay_invoice {"invoice_id":${invoice()},"amount":20,"method":"ach"}`).waitFor();
    expect(await frame().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await one.getByRole('button', { name: 'Approve' }).click();
    expect(await calls()).not.toContain('decide_approval');
    await one.getByRole('textbox').fill(reason);
    await one.getByRole('button', { name: 'Approve' }).press('Enter');
    await one.getByRole('alert').getByText('It is carried out at once.').waitFor();
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'Agree and approve' }).click();
    await one.getByRole('status').getByText('A second person approved this.').waitFor();
    expect(await one.getByRole('button').count()).toBe(0);
    await card.getByRole('button', { name: 'Look again' }).click();
    await card.getByText('Nothing waits for your approval.').waitFor();
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('declines after asking; whoever asked reads why', async () => {
    const key = 'declined-payment';
    const args = { invoice_id: invoice(), amount: 30, method: 'ach', idempotency_key: key };
    await (await pay(30, { args })).card.getByText('It waits for a second person').waitFor();
    const shown = await list();
    const one = about(shown, 30);
    await one.getByRole('textbox').fill(reason);
    await one.getByRole('button', { name: 'Decline' }).click();
    await one.getByRole('button', { name: 'No' }).click();
    await one.getByRole('button', { name: 'Decline' }).click();
    expect(await shown.calls()).not.toContain('decide_approval');
    await one.getByRole('button', { name: 'Yes, decline it' }).click();
    await one.getByText(`The reason: ${reason}`).waitFor();
    expect(await shown.complaints).toEqual([]);
    const asked = await pay(30, { args });
    const answer = asked.card.getByRole('alert');
    await answer.getByText('Refused').waitFor();
    await answer.getByText(`declined this, so nothing was done. The reason: ${reason}`).waitFor();
    expect(await asked.violations()).toEqual([]);
  });

  it('lets nobody decide on what they asked for, and nobody without the permission', async () => {
    await (await pay(40, { roles: ['query', 'billing', 'approver'] })).card
      .getByText('It waits for')
      .waitFor();
    const own = await list({ as: 'bill', roles: ['approver'] });
    await own.card.getByText('Nothing waits for your approval.').waitFor();
    const shown = await list({ roles: ['approver'] });
    const one = about(shown, 40);
    await one.getByRole('textbox').fill(reason);
    await shown.card.locator('main').waitFor();
    await shown.loses(['query']);
    await one.getByRole('button', { name: 'Approve' }).click();
    await one.getByRole('alert').getByText('decide_approval needs the permission approvals.decide').waitFor();
    expect(await shown.violations()).toEqual([]);
  });

  it('tells the one who asked what became of it', async () => {
    const asked = await pay(50);
    const { card, calls } = asked;
    await card.getByRole('button', { name: 'See what became of it' }).click();
    await expect.poll(calls).toEqual(['pay_invoice']);
    await card.getByText('It waits for a second person').waitFor();
  });

  it('says so when what is stored does not answer, and looks again', async () => {
    const { storage } = world();
    const shown = await list();
    await shown.card.getByRole('button', { name: 'Look again' }).waitFor();
    storage.fault = { pattern: /./, effect: 'fail' };
    await shown.card.getByRole('button', { name: 'Look again' }).click();
    await shown.card.getByRole('alert').getByText('Failed').waitFor();
    storage.release();
    await shown.card.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => shown.card.getByRole('alert').count()).toBe(0);
  });

  it('says what a call waits for in a host that takes tasks, which has no answer for days', async () => {
    const { card, calls, violations, complaints } = await pay(21, { takesTasks: true, as: 'bert' });
    await card.getByText('This pays $21.00').waitFor();
    await card.getByText('It waits for a second person to approve it, until').waitFor();
    await card.getByText(/^Approval [0-9a-f]{48}$/).waitFor();
    expect(await calls()).toContain('list_requests');
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says by name who asked, as text, and by their ids', async () => {
    const called = '<img src=x onerror=alert(1)>\u202eBill Payer';
    await (await pay(22, { as: 'bert', called })).card.getByText('It waits for a second person').waitFor();
    const shown = await list();
    const one = about(shown, 22);
    await one.getByText('<img src=x onerror=alert(1)>Bill Payer').waitFor();
    await one.getByText(`${world().tenant.tid}:bert`).waitFor();
    expect(await one.locator('img').count()).toBe(0);
    expect(await shown.violations()).toEqual([]);
    await one.getByRole('textbox').fill(reason);
    await one.getByRole('button', { name: 'Approve' }).click();
    const asks = one.getByRole('alert');
    await asks.getByText(`onerror=alert(1)>Bill Payer (${world().tenant.tid}:bert) asked for`).waitFor();
    await asks.getByRole('button', { name: 'No' }).click();
    expect(shown.complaints).toEqual([]);
  });
});
