import { describe, expect, it } from 'vitest';
import { steps } from '#contoso/diagnosis/steps';
import { slowInternet } from '#seed/scenarios/2-slow-internet';
import { answerKeys } from '#seed/scenarios/index';
import { storyOf } from '#seed/scenarios/scenario';
import { today } from '../../support/service.ts';
import type { ShownCard } from './card-window.ts';
import { canShowCards } from './cards-world.ts';
import { cardsInBrowser } from './in-browser.ts';

const markup = '<b onclick="document.title=1">Cut cable</b>';
const device = '<i>Router</i>';
const step = 7_000;

/** A diagnosis while it runs and afterwards, in a real browser; the test moves the clock of the durable engine. */
describe.skipIf(!canShowCards)('the card of a diagnosis', { timeout: 120_000 }, () => {
  const { world, show: inBrowser } = cardsInBrowser((data) => ({
    ...data,
    incidents: data.incidents.map((one) => ({ ...one, description: `${markup} ${one.description}` })),
  }));

  const customer = slowInternet.customerId;
  const show = (detail: string, more: object = {}) => {
    const { subscription_id } = storyOf(world().tenant.data, today(), customer).subscription;
    return inBrowser({
      path: '/agentic/mcp',
      tool: 'trouble_shoot_device',
      args: { device_name: device, detail, subscription_id },
      roles: ['query'],
      isLong: true,
      ...more,
    });
  };
  const pass = (milliseconds: number) => {
    const { engine } = world();
    return engine.advanceTo(new Date(engine.now().getTime() + milliseconds));
  };
  const current = ({ card }: ShownCard) => card.locator('li[aria-current=step]');
  /** Until the job is known and its first step runs. */
  async function begun(shown: ShownCard): Promise<void> {
    const runs = async () => {
      await pass(0);
      return await current(shown).getByText(steps[0].title).count();
    };
    await expect.poll(runs, { timeout: 60_000 }).toBe(1);
  }
  const asks = async ({ calls }: ShownCard) =>
    (await calls()).filter((name) => name === 'get_diagnosis_progress').length;

  it('follows it step by step to its end, with the findings as they come', async () => {
    const shown = await show('Pages hardly load', { width: 320, context: { locale: 'de-DE' } });
    const { card, complaints, violations, frame } = shown;
    await begun(shown);
    await card.getByText('The subscription is active').waitFor();
    expect(await card.getByText('Open incident since').count()).toBe(0);
    await pass(step);
    await current(shown).getByText(steps[1].title).waitFor();
    await card.getByText('Open incident since').waitFor();
    await card.getByRole('heading', { name: 'Problems' }).waitFor();
    expect(await card.locator('.done').count()).toBe(1);
    expect(await frame().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violations()).toEqual([]);
    await pass(steps.length * step);
    await expect.poll(() => card.locator('.done').count()).toBe(steps.length);
    const [job] = world().engine.instances.values();
    const report = job?.output as { summary: string; findings: { severity: string }[] };
    await card.getByText(report.summary).waitFor();
    expect(await card.locator('.entry').count()).toBe(report.findings.length);
    const problems = report.findings.filter(({ severity }) => severity === 'problem').length;
    await card.getByRole('heading', { name: `Problems: ${problems}` }).waitFor();
    expect(await card.locator('h2').first().innerText()).toContain('Problems');
    const key = answerKeys(world().tenant.data, today()).find((one) => one.customer_id === customer);
    const [isSlow, isInvestigated, since] = key?.required_facts ?? [];
    const said = (await card.locator('main').innerText()).toLowerCase();
    for (const fact of [isSlow, isInvestigated, since]) {
      expect(
        fact?.says.some((text) => said.includes(text.toLowerCase())),
        fact?.statement,
      ).toBe(true);
    }
    expect(await card.getByRole('button').count()).toBe(0);
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows a finished one the same way, and markup in what it found as text', async () => {
    const shown = await show('Pages hardly load', { context: { theme: 'dark' } });
    await begun(shown);
    await pass(steps.length * step);
    await shown.card.getByText(markup).first().waitFor();
    await expect.poll(() => shown.card.locator('.done').count()).toBe(steps.length);
    expect(await shown.card.getByText(device, { exact: true }).count()).toBe(1);
    expect(await shown.frame().title()).toBe('Diagnosis of a device');
    expect(await shown.violations()).toEqual([]);
    expect(shown.complaints).toEqual([]);
  });

  it('ends it after asking, and keeps what was found', async () => {
    const shown = await show('Cancelled');
    const { card, violations, calls } = shown;
    await begun(shown);
    await card.getByRole('button', { name: 'Cancel the diagnosis' }).press('Enter');
    expect(await violations()).toEqual([]);
    await card.getByRole('button', { name: 'No, go on' }).press('Enter');
    await card.getByRole('button', { name: 'Cancel the diagnosis' }).press('Enter');
    expect(await calls()).not.toContain('cancel_diagnosis');
    await card.getByRole('button', { name: 'Yes, cancel it' }).click();
    await card.getByText('The diagnosis was cancelled.').waitFor();
    await card.getByText('The subscription is active').waitFor();
    expect(await card.locator('.left').count()).toBe(steps.length);
    expect(await card.getByRole('alert').count()).toBe(0);
    expect([...world().engine.instances.values()].at(-1)?.status).toBe('Terminated');
    expect(await violations()).toEqual([]);
  });

  it('does not ask while it is hidden, and says when it does not know', async () => {
    const shown = await show('Hidden');
    const { card, frame } = shown;
    await begun(shown);
    const see = (isHidden: boolean) =>
      frame().evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await see(true);
    const { engine } = world();
    engine.down = true;
    const before = await asks(shown);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    // one may have been under way
    expect(await asks(shown)).toBeLessThanOrEqual(before + 1);
    await see(false);
    await card.getByText('It is not known how far it is now').waitFor();
    engine.down = false;
    await pass(step);
    await current(shown).getByText(steps[1].title).waitFor();
    expect(await card.getByText('It is not known how far it is now').count()).toBe(0);
  });

  it('says which permission is missing', async () => {
    const { card, calls, violations } = await show('Refused', { later: ['billing'] });
    await card.getByRole('alert').getByText('needs the permission diagnostics.run').waitFor();
    expect(await violations()).toEqual([]);
    expect(await calls()).not.toContain('cancel_diagnosis');
  });
});
