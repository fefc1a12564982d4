import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockedAccount } from '#seed/scenarios/4-locked-account';
import { answerKeys } from '#seed/scenarios/index';
import { today } from '../../support/service.ts';
import { type CardBrowser, openCardBrowser } from './card-window.ts';
import { type CardsWorld, canShowCards, startCardsWorld } from './cards-world.ts';

/** What an expert says and proposes, in a real browser; the expert answers without a language model. */
describe.skipIf(!canShowCards)('the card of an answer', { timeout: 120_000 }, () => {
  let world: CardsWorld;
  let browser: CardBrowser;

  beforeAll(async () => {
    world = await startCardsWorld();
    browser = await openCardBrowser(world);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const customer = lockedAccount.customerId;
  const question = `Please unlock customer ${customer}`;

  it('shows the answer and its documents, asks on, and tells the conversation alone what the user agreed to', async () => {
    const { card, page, calls, complaints, violations } = await browser.show({
      path: '/agentic/mcp',
      tool: 'ask_account_expert',
      args: { question },
      roles: ['security'],
      width: 320,
    });
    const key = answerKeys(world.tenant.data, today()).find((one) => one.customer_id === customer);
    await card.getByRole('heading', { name: 'It rests on' }).waitFor();
    const said = (await card.locator('main').innerText()).toLowerCase();
    for (const { says, statement } of key?.required_facts ?? []) {
      expect(
        says.some((text) => said.includes(text.toLowerCase())),
        statement,
      ).toBe(true);
    }
    await card.getByRole('textbox').fill('yes, both done');
    await card.getByRole('textbox').press('Enter');
    await card.getByRole('button', { name: 'Do this' }).press('Enter');
    const told = () => page.evaluate(() => globalThis.shown?.messages ?? []);
    expect(await told()).toEqual([]);
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'I agree' }).click();
    await card.getByText('The conversation was told that you agree.').waitFor();
    expect(await told()).toEqual([expect.stringContaining(`unlock_account {"customer_id":${customer}`)]);
    expect(await calls()).toEqual(['ask_account_expert']);
    expect(complaints).toEqual([]);
  });
});
