import { describe, expect, it } from 'vitest';
import { lockedAccount } from '#seed/scenarios/4-locked-account';
import { answerKeys } from '#seed/scenarios/index';
import { today } from '../../support/service.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

/** What an expert says and proposes, in a real browser; the expert answers without a language model. */
describe.skipIf(!canShowCards)('the card of an answer', { timeout: 120_000 }, () => {
  const markup = '<img src=x onerror="document.title=1">';
  const {
    world,
    show: inBrowser,
    showWithoutStorage,
  } = cardsInBrowser((data) => ({
    ...data,
    documents: data.documents.map((one) => ({ ...one, content: `${one.content}\n\n${markup}` })),
  }));

  const customer = lockedAccount.customerId;
  const question = `Please unlock customer ${customer}`;

  it('shows the answer and its documents, asks on, and tells the conversation alone what the user agreed to', async () => {
    const { card, page, calls, complaints, violations } = await inBrowser({
      path: '/agentic/mcp',
      tool: 'ask_account_expert',
      args: { question },
      roles: ['security'],
      width: 320,
    });
    const key = answerKeys(world().tenant.data, today()).find((one) => one.customer_id === customer);
    await card.getByRole('heading', { name: 'It rests on' }).waitFor();
    const said = (await card.locator('main').innerText()).toLowerCase();
    for (const { says, statement } of key?.required_facts ?? []) {
      expect(
        says.some((text) => said.includes(text.toLowerCase())),
        statement,
      ).toBe(true);
    }
    const [slug] = key?.documents_to_cite ?? [];
    const document = world().tenant.data.documents.find((one) => one.slug === slug);
    await card.getByText(document?.title ?? '', { exact: true }).press('Enter');
    await card.getByText(`knowledge://${slug}`).waitFor();
    await card.getByText(markup).waitFor();
    expect(await card.locator('img').count()).toBe(0);
    expect(await violations()).toEqual([]);
    await card.getByRole('textbox').fill('yes, both done');
    await card.getByRole('textbox').press('Enter');
    await card.getByRole('button', { name: 'Do this' }).press('Enter');
    const told = () => page.evaluate(() => globalThis.shown?.messages ?? []);
    expect(await told()).toEqual([]);
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'I agree' }).click();
    await card.getByText('The conversation was told that you agree.').waitFor();
    expect(await told()).toEqual([expect.stringContaining(`unlock_account {"customer_id":${customer}`)]);
    expect(await calls()).toEqual(['read_citation', 'ask_account_expert']);
    expect(complaints).toEqual([]);
  });

  it('says so when what is stored does not answer, and has the answer afterwards', async () => {
    const { card } = await showWithoutStorage({
      path: '/agentic/mcp',
      tool: 'ask_account_expert',
      args: { question },
      roles: ['security'],
    });
    await card.getByRole('heading', { name: 'It rests on' }).waitFor();
  });
});
