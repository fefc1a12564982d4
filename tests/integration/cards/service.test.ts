import { describe, expect, it } from 'vitest';
import { slowInternet } from '#seed/scenarios/2-slow-internet';
import { promotionsForGold } from '#seed/scenarios/5-promotions';
import { droppedCalls } from '#seed/scenarios/7-dropped-calls';
import { storyOf } from '#seed/scenarios/scenario';
import { today } from '../../support/service.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

const markup = '<b onclick="document.title=1">Cut cable</b>\u202e';

/** A subscription and what is wrong with it, in a real browser. */
describe.skipIf(!canShowCards)('the card of the service', { timeout: 120_000 }, () => {
  const {
    world,
    show: inBrowser,
    showWithoutStorage,
  } = cardsInBrowser((data) => ({
    ...data,
    incidents: data.incidents.map((incident) => ({
      ...incident,
      description: `${markup} ${incident.description}`,
    })),
  }));

  const storyFor = (customer: number) => storyOf(world().tenant.data, today(), customer);
  const show = (customer: number, more: object = {}) =>
    inBrowser({
      tool: 'get_subscription_detail',
      args: { subscription_id: storyFor(customer).subscription.subscription_id },
      roles: ['query'],
      ...more,
    });

  it.each([slowInternet, droppedCalls])('shows what scenario $number knows', async ({ customerId }) => {
    const { product, subscription, incidents } = storyFor(customerId);
    const { card, complaints, calls, violations } = await show(customerId, { width: 320 });
    await card.getByText(product.name).waitFor();
    const open = incidents.filter(({ status }) => status === 'investigating');
    expect(await card.locator('.line li').count()).toBe(incidents.length);
    expect(await card.getByText('Being looked into since').count()).toBe(open.length);
    const isWrong = await card.getByText(`The service is ${subscription.service_status}.`).count();
    expect(isWrong).toBe(subscription.service_status === 'normal' ? 0 : 1);
    expect(await calls()).toEqual([]);
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows markup and hidden characters of a record as text', async () => {
    const { card, frame } = await show(slowInternet.customerId);
    await card.getByText('Cut cable</b>\\u202e').first().waitFor();
    expect(await frame().title()).toBe('Subscription and service');
  });

  it('says so when what is stored does not answer, and shows the plan afterwards', async () => {
    const { product, subscription } = storyFor(slowInternet.customerId);
    const { card } = await showWithoutStorage({
      tool: 'get_subscription_detail',
      args: { subscription_id: subscription.subscription_id },
      roles: ['query'],
    });
    await card.getByText(product.name).waitFor();
  });

  it('says that nothing is wrong', async () => {
    const { card } = await show(promotionsForGold.customerId, { context: { theme: 'dark' } });
    await card.getByText('There were no incidents.').waitFor();
    await card.getByText('Nothing is known to be wrong.').waitFor();
  });
});
