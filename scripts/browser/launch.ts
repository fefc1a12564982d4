import type { Browser, BrowserType } from 'playwright-core';
import { chromium } from './executable.ts';

type Launch = Pick<NonNullable<Parameters<BrowserType['launch']>[0]>, 'env' | 'args'>;

/**
 * A browser without a screen; whatever a page asks for, nothing outside this machine is asked.
 * @throws Error where there is no Chromium
 */
export async function launchBrowser(options: Launch = {}): Promise<Browser> {
  if (chromium === undefined) {
    throw new Error('There is no Chromium on the path; it is a package of most distributions.');
  }
  const { chromium: type } = await import('playwright-core');
  return await type.launch({
    ...options,
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-renderer-backgrounding',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ...(options.args ?? []),
    ],
  });
}
