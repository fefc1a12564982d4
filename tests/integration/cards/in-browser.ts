import { afterAll, beforeAll, expect } from 'vitest';
import { type CardBrowser, openCardBrowser, type ShownCard, type What } from './card-window.ts';
import { type CardsWorld, startCardsWorld } from './cards-world.ts';

/** A service with records of its own and a browser that shows its cards, from before the tests of a suite to their end. */
export function cardsInBrowser(...[change, env]: Parameters<typeof startCardsWorld>) {
  let world: CardsWorld;
  let browser: CardBrowser;

  beforeAll(async () => {
    world = await startCardsWorld(change, env);
    browser = await openCardBrowser(world);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  return {
    world: () => world,
    show: (what: What) => browser.show(what),
    /** Shows a card while what is stored does not answer: it says so, and asks again on demand once that is over. */
    async showWithoutStorage(what: What): Promise<ShownCard> {
      world.storage.fault = { pattern: /./, effect: 'fail' };
      const shown = await browser.show(what);
      await shown.card.getByRole('alert').waitFor();
      expect(await shown.violations()).toEqual([]);
      expect(shown.complaints).toEqual([]);
      world.storage.release();
      await shown.card.getByRole('button', { name: 'Try again' }).press('Enter');
      return shown;
    },
  };
}
