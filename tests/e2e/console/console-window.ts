import type { Browser, Page } from 'playwright-core';
import { signIn } from '#scripts/browser/console-visitor';
import { complaintsOf } from '../../support/browser-page.ts';

/** A busy machine takes its time. */
const longestWaitMs = 100_000;

/** One window of a browser, from its first page to its end. */
export interface ConsoleWindow {
  readonly page: Page;
  /** What the page's console complained about. */
  readonly complaints: readonly string[];
  /** Every request: where to, and the bytes of its answer as they were sent. */
  readonly requests: readonly { readonly url: string; readonly bytes: Promise<number> }[];
  /** From the gateway's root to the console of a tenant, by clicking. */
  signIn(user: string, tenant?: string): Promise<void>;
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly dark?: boolean;
}

/** Without the cookies of another window. */
export async function openWindow(
  browser: Browser,
  origin: string,
  options: WindowOptions = {},
): Promise<ConsoleWindow> {
  const { width = 1440, dark = false } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(longestWaitMs);
  const complaints = complaintsOf(page);
  const requests: { url: string; bytes: Promise<number> }[] = [];
  page.on('request', (request) => {
    const bytes = request.sizes().then(
      ({ responseBodySize }) => responseBodySize,
      () => 0,
    );
    requests.push({ url: request.url(), bytes });
  });
  return {
    page,
    complaints,
    requests,
    signIn: (user, tenant) => signIn(page, origin, user, tenant),
    close: () => context.close(),
  };
}
