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
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function withoutStorage<T>(work: () => Promise<T>): Promise<T> {
    world.storage.fault = { pattern: /./, effect: 'fail' };
    try {
      return await work();
    } finally {
      world.storage.release();
    }
  }

  return {
    world: () => world,
    show: (what: What) => browser.show(what),
    /** Shows a card while what is stored does not answer: it says so, and asks again on demand once that is over. */
    async showWithoutStorage(what: What): Promise<ShownCard> {
      const shown = await withoutStorage(async () => {
        const silent = await browser.show(what);
        await silent.card.getByRole('alert').getByText('Failed').waitFor();
        expect(await silent.violations()).toEqual([]);
        expect(silent.complaints).toEqual([]);
        return silent;
      });
      const again = shown.card.getByRole('button', { name: 'Try again' });
      // on a busy machine what is stored may be late once more
      await expect
        .poll(async () => {
          await again.press('Enter', { timeout: 1_000 }).catch(() => {});
          return await shown.card.getByRole('alert').count();
        })
        .toBe(0);
      return shown;
    },
  };
}
