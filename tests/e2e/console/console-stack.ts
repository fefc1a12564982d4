import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { StackOptions } from '#emulators/stack/options';
import { type Stack, startStack } from '#emulators/stack/stack';
import { launchBrowser } from '#scripts/browser/launch';
import { quietStack } from '../../support/quiet-stack.ts';
import { type ConsoleWindow, openWindow, type WindowOptions } from './console-window.ts';

/** Milliseconds that a busy machine may take to start both, and for a case of a browser. */
export const timeout = 240_000;

/**
 * A stack and a browser, from before the tests of a suite to their end.
 * @param optionsOf what the stack has that others have not, asked for when it is started
 */
export function consoleStack(optionsOf: () => Promise<Partial<StackOptions>> | Partial<StackOptions>) {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    stack = await startStack({ ...quietStack, ...(await optionsOf()) });
    browser = await launchBrowser();
  }, timeout);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  return {
    stack: () => stack,
    /** Opens a window of its own. */
    open: (options?: WindowOptions): Promise<ConsoleWindow> => openWindow(browser, stack.origin, options),
  };
}
