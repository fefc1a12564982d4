import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { addDays, dayOf } from '#platform/dates';
import { highInvoice } from '#seed/scenarios/1-high-invoice';
import { lockedAccount } from '#seed/scenarios/4-locked-account';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { callTool, cardIn, frameOf, subscriptionOf } from '../browser/console-visitor.ts';
import type { Scene, Studio } from './scene.ts';

/** The card of the call that is shown, once its frame is as high as what it shows. */
async function card(page: Page): Promise<Locator> {
  const inside = await frameOf(page);
  // but for its border
  const fits = 'document.documentElement.scrollHeight <= innerHeight + 2';
  while ((await inside.evaluate(fits)) === false) {
    await setTimeout(50);
  }
  return page.locator('main iframe');
}

/** Wide enough for a card. */
const narrow = { width: 820 };

const root: Scene = {
  pictures: ['root'],
  async play({ origin, open, take }) {
    const page = await open({ width: 640, height: 230 });
    await page.goto(origin);
    await take('root', page);
  },
};

/** A billing cycle of a customer who used far more than the plan holds. */
async function usage(studio: Studio, name: string, dark: boolean): Promise<void> {
  const page = await studio.console('quinn', { dark });
  const subscription_id = await subscriptionOf(page, overTheCap.customerId);
  const today = dayOf(new Date());
  await callTool(page, 'Data, voice and SMS usage', {
    subscription_id,
    start_date: addDays(today, -30),
    end_date: addDays(today, -1),
  });
  await cardIn(page).locator('.day').first().waitFor();
  await card(page);
  await studio.take(name, page);
}

const usages: Scene = {
  pictures: ['usage', 'usage-dark'],
  async play(studio) {
    await usage(studio, 'usage', false);
    await usage(studio, 'usage-dark', true);
  },
};

const diagnosis: Scene = {
  pictures: ['diagnosis-running', 'diagnosis-finished', 'jobs'],
  async play({ console, take }) {
    // all of the card in view: it grows while it is looked at
    const page = await console('quinn', { ...narrow, height: 1600 });
    const subscription_id = await subscriptionOf(page, overTheCap.customerId);
    await callTool(page, 'Troubleshoot a device', {
      device_name: 'Router in the hall',
      detail: 'Pages hardly load in the evening',
      subscription_id,
    });
    await cardIn(page).locator('li.done').nth(3).waitFor();
    await take('diagnosis-running', page.locator('main iframe'));
    if ((await cardIn(page).locator('li.now').count()) === 0) {
      throw new Error('The diagnosis was over before its picture was taken: try again when less runs here.');
    }
    await page.getByRole('region', { name: 'Answer' }).waitFor();
    await cardIn(page).locator('li.now').waitFor({ state: 'detached' });
    await take('diagnosis-finished', await card(page));

    await callTool(page, 'Troubleshoot a device', { device_name: 'Set-top box', detail: 'No picture' });
    await cardIn(page).locator('li.done').first().waitFor();
    await page.setViewportSize({ ...narrow, height: 420 });
    await page.getByRole('link', { name: 'Jobs and approvals' }).click();
    await page.getByRole('region', { name: 'My jobs' }).getByRole('progressbar').waitFor();
    await take('jobs', page);
  },
};

const billing: Scene = {
  pictures: ['billing', 'question', 'requests', 'approval'],
  async play({ console, take }) {
    const page = await console('bill', narrow);
    await callTool(page, 'What a customer owes', { customer_id: String(highInvoice.customerId) });
    const invoices = cardIn(page);
    await invoices.getByText('outstanding').first().click();
    await invoices.getByText('settled of').waitFor();
    await take('billing', await card(page));
    await invoices.getByRole('button', { name: 'Pay', exact: true }).click();
    const asked = page.getByRole('dialog');
    await asked.waitFor();
    await take('question', asked);
    await asked.getByRole('button', { name: 'Agree' }).click();
    await invoices.getByText('It waits for a second person').waitFor();
    await page.getByRole('link', { name: 'Jobs and approvals' }).click();
    const requests = page.getByRole('region', { name: 'What I asked for that waits' });
    await requests.getByRole('button', { name: 'Withdraw' }).waitFor();
    await take('requests', requests);

    const other = await console('anna', narrow);
    await callTool(other, 'List what waits for a second person', {});
    await cardIn(other).getByRole('button', { name: 'Approve' }).waitFor();
    await take('approval', await card(other));
  },
};

const expert: Scene = {
  pictures: ['expert', 'proposal'],
  async play({ console, take }) {
    const page = await console('sara', narrow);
    await callTool(page, 'Ask the account and security expert', {
      question: `Please unlock customer ${lockedAccount.customerId}`,
    });
    const answer = cardIn(page);
    await answer.locator('summary').first().click();
    await answer.getByText('knowledge://').first().waitFor();
    await take('expert', await card(page));
    await answer.locator('summary').first().click();
    await answer.getByRole('textbox').fill('yes, both done');
    await answer.getByRole('textbox').press('Enter');
    await page.getByRole('dialog').waitFor();
    await take('proposal', page.getByRole('dialog'));
  },
};

/** What was done in the scenes before, if they were played, and by her: a call that found nothing is among it. */
const trail: Scene = {
  pictures: ['trail'],
  async play({ console, take }) {
    const page = await console('sara', { ...narrow, height: 640 });
    await callTool(page, 'Customer profile and subscriptions', { customer_id: '999999' });
    await page.getByRole('region', { name: 'Answer' }).waitFor();
    await callTool(page, 'What a customer owes', { customer_id: String(highInvoice.customerId) });
    await cardIn(page).getByText('outstanding').first().waitFor();
    await page.getByRole('link', { name: 'Trail', exact: true }).click();
    await page.locator('.entries > li').nth(3).waitFor();
    await take('trail', page, { inWindow: true });
  },
};

/** In the order in which they are played. */
export const scenes: readonly Scene[] = [root, usages, diagnosis, billing, expert, trail];
