import type { Browser, BrowserType } from 'playwright-core';
import { chromium } from './executable.ts';

interface Launch extends Pick<NonNullable<Parameters<BrowserType['launch']>[0]>, 'env'> {
  /** Of the browser, to be without. */
  readonly without?: readonly string[];
}

/** Pages of the browser's own for its address bar: each window loads them, which takes a second of CPU time, and shows none. */
export const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'] as const;

/** What Playwright is without, of this browser. Only the last list of a command line counts. */
const withoutByPlaywright = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

/**
 * A browser without a screen; whatever a page asks for, nothing outside this machine is asked.
 * @throws Error where there is no Chromium
 */
export async function launchBrowser({ env, without = [] }: Launch = {}): Promise<Browser> {
  if (chromium === undefined) {
    throw new Error('There is no Chromium on the path; it is a package of most distributions.');
  }
  const { chromium: type } = await import('playwright-core');
  return await type.launch({
    ...(env && { env }),
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-renderer-backgrounding',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      `--disable-features=${[...withoutByPlaywright, ...addressBar, ...without].join(',')}`,
    ],
  });
}
