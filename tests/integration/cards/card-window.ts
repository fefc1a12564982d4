import type { Frame, FrameLocator, Page } from 'playwright-core';
import type { Role } from '#contoso/access/roles';
import { launchBrowser } from '#scripts/browser/launch';
import { complaintsOf, violationsIn } from '../../support/browser-page.ts';
import { tokenFor } from '../../support/service.ts';
import type { CardsWorld } from './cards-world.ts';
import type { Show } from './host/host-page.ts';

/** Whether the host does more than the extension asks, who its user is, and what the card is about. */
export type What = Pick<Show, 'tool' | 'args'> &
  Partial<Pick<Show, 'path' | 'context' | 'user' | 'careless' | 'isLong' | 'takesTasks'>> & {
    readonly roles: readonly Role[];
    /** Whose card it is; the same person, when not said. */
    readonly as?: string;
    /** What their token calls them. */
    readonly called?: string;
    /** Those that the user has left once the lists are read. */
    readonly later?: readonly Role[];
    /** Width of the window, in pixels. */
    readonly width?: number;
  };

/** A card that a host shows. */
export interface ShownCard {
  readonly card: FrameLocator;
  readonly page: Page;
  /** What the consoles complained about since it is shown. */
  readonly complaints: readonly string[];
  /** The frame of the card itself. */
  frame(): Frame;
  calls(): Promise<readonly string[]>;
  /** From now on the user has these roles. */
  loses(left: readonly Role[]): Promise<void>;
  /** What axe-core finds wrong: rule and element. */
  violations(): Promise<readonly string[]>;
}

export interface CardBrowser {
  show(what: What): Promise<ShownCard>;
  close(): Promise<void>;
}

/** A busy machine takes its time. */
const longestWaitMs = 100_000;

export async function openCardBrowser(world: CardsWorld): Promise<CardBrowser> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  page.setDefaultTimeout(longestWaitMs);
  const complaints = complaintsOf(page);
  return {
    async show(what) {
      complaints.length = 0;
      return { ...(await show(page, world, what)), complaints };
    },
    close: () => browser.close(),
  };
}

async function show(page: Page, world: CardsWorld, what: What): Promise<Omit<ShownCard, 'complaints'>> {
  const { roles, later = roles, as, called, width = 700, path = '/mcp', context = {}, ...rest } = what;
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${world.origin}/host`);
  const shown: Show = {
    ...rest,
    path,
    context,
    token: tokenFor(world.tenant, roles, as, called),
    later: tokenFor(world.tenant, later, as, called),
    sandbox: world.sandbox,
  };
  await page.evaluate(`show(${JSON.stringify(shown)})`);
  const frame = () => {
    const found = page.frames().at(-1);
    if (found === undefined) {
      throw new Error('There is no card.');
    }
    return found;
  };
  return {
    page,
    frame,
    card: page.frameLocator('iframe').frameLocator('iframe'),
    calls: () => page.evaluate(() => globalThis.shown?.calls ?? []),
    loses: (left) =>
      page.evaluate((token) => globalThis.shown?.become(token), tokenFor(world.tenant, left, as)),
    violations: () => violationsIn(frame()),
  };
}
