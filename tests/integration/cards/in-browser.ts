import { afterAll, beforeAll } from 'vitest';
import { type CardBrowser, openCardBrowser } from './card-window.ts';
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
    show: (what: Parameters<CardBrowser['show']>[0]) => browser.show(what),
  };
}
