import { setTimeout } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { addDays, dayOf } from '#platform/dates';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { startStack } from '../../emulators/stack/stack.ts';
import { callTool, cardIn, frameOf, signIn, subscriptionOf } from '../../scripts/browser/console-visitor.ts';
import { chromium } from '../../scripts/browser/executable.ts';
import { launchBrowser } from '../../scripts/browser/launch.ts';
import type { BenchOptions } from '../options.ts';
import type { Part } from '../report/results.ts';
import { reportConsole, title, type Visit } from './console-report.ts';

/** What the console and a card of it cost whoever opens them, in a real browser, through the local gateway. */
export async function measureConsole(options: BenchOptions): Promise<Part> {
  if (chromium === undefined) {
    return { title, notes: [], tables: [], aims: [], skipped: 'there is no Chromium on the path.' };
  }
  const rounds = options.quick ? 2 : Math.min(options.rounds ?? 15, 15);
  const stack = await startStack({
    port: 0,
    ephemeral: true,
    pooled: true,
    dataStorage: undefined,
    report: { step: options.progress, progress: () => {}, done: () => {} },
    onHostLine: () => {},
  });
  try {
    const browser = await launchBrowser();
    try {
      const first: Visit[] = [];
      const again: Visit[] = [];
      // the very first is not counted: neither the host nor the browser has done any of it before
      for (let round = 0; round <= rounds; round += 1) {
        options.progress(`console: visit ${round} of ${rounds}`);
        const visits = await visitTwice(browser, `${stack.origin}/contoso-mcp/console`);
        first.push(...visits.slice(round === 0 ? 2 : 0, 1));
        again.push(...visits.slice(round === 0 ? 2 : 1));
      }
      const cards = await paintsOfCards(browser, stack.origin, rounds);
      return await reportConsole({ browser: browser.version(), first, again, cards });
    } finally {
      await browser.close();
    }
  } finally {
    await stack.stop();
  }
}

const firstPaint = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`;

/** With nothing kept from before, and then with what the browser kept. */
async function visitTwice(browser: Browser, address: string): Promise<readonly [Visit, Visit]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const first = await visitOf(page);
  await page.goto('about:blank');
  await page.goto(address);
  const again = await visitOf(page);
  await context.close();
  return [first, again];
}

async function visitOf(page: Page): Promise<Visit> {
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  const readyMs = (await page.evaluate('performance.now()')) as number;
  await painted(page);
  return (await page.evaluate(`(() => {
    const sent = ['navigation', 'resource']
      .flatMap((type) => performance.getEntriesByType(type))
      .filter(({ transferSize }) => transferSize > 0);
    return {
      requests: sent.length,
      bytes: sent.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      paintMs: ${firstPaint},
      readyMs: ${readyMs},
    };
  })()`)) as Visit;
}

/** Milliseconds from the opening of the frame of a card to its first paint. */
async function paintsOfCards(browser: Browser, origin: string, rounds: number): Promise<readonly number[]> {
  const page = await browser.newPage();
  await signIn(page, origin, 'quinn@contoso');
  const subscription_id = await subscriptionOf(page, overTheCap.customerId);
  const paints: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const end_date = dayOf(new Date());
    await callTool(page, 'Data, voice and SMS usage', {
      subscription_id,
      start_date: addDays(end_date, -30 - round),
      end_date,
    });
    await cardIn(page)
      .locator('.day')
      .nth(30 + round)
      .waitFor({ state: 'attached' });
    const paint = await painted(await frameOf(page));
    if (round > 0) {
      paints.push(paint);
    }
  }
  await page.context().close();
  return paints;
}

/** Milliseconds to the first paint, once there was one. */
async function painted(page: Page | Frame): Promise<number> {
  for (;;) {
    const paint = await page.evaluate(firstPaint);
    if (typeof paint === 'number') {
      return paint;
    }
    await setTimeout(20);
  }
}
