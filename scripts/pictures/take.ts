import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startStack } from '../../emulators/stack/stack.ts';
import { terminalReport } from '../../emulators/stack/terminal.ts';
import { signIn } from '../browser/console-visitor.ts';
import { launchBrowser } from '../browser/launch.ts';
import { projectDir } from '../lib/project-dir.ts';
import { withPalette } from './png.ts';
import type { Scene, Studio } from './scene.ts';

/** Where documents find them. */
export const picturesDir = path.join(projectDir, 'docs/pictures');
/** A busy machine takes its time. */
const longestWaitMs = 100_000;
/** Drawn larger than it is shown, for screens that have more dots. */
const scale = 1.5;

/** Plays scenes on a stack of their own, with its data in memory, and writes the pictures of them. */
export async function takePictures(scenes: readonly Scene[]): Promise<void> {
  const stack = await startStack({
    port: 0,
    ephemeral: true,
    pooled: true,
    // long enough to be seen at work; payments above the second need another person
    settings: { TROUBLESHOOT_SECONDS: '60', CONFIRM_PAYMENTS_ABOVE: '10', APPROVE_ABOVE: '50' },
    dataStorage: undefined,
    report: terminalReport(process.stdout),
    onHostLine: () => {},
  });
  try {
    await playAll(scenes, stack.origin);
  } finally {
    await stack.stop();
  }
}

/** @param origin of the gateway */
async function playAll(scenes: readonly Scene[], origin: string): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pictures-'));
  try {
    const browser = await launchBrowser({
      env: { ...process.env, FONTCONFIG_FILE: await fontsIn(folder) },
      // cards as sharp as what is around them: a frame in a process of its own is drawn small and made larger
      without: ['IsolateSandboxedIframes'],
    });
    try {
      await mkdir(picturesDir, { recursive: true });
      for (const scene of scenes) {
        await scene.play(studio(browser, origin));
      }
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function studio(browser: Browser, origin: string): Studio {
  const open: Studio['open'] = async ({ dark = false, width = 1180, height = 700 } = {}) => {
    const context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      colorScheme: dark ? 'dark' : 'light',
      // the amounts of the demo company are dollars
      locale: 'en-US',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(longestWaitMs);
    return page;
  };
  return {
    origin,
    open,
    async console(user, look) {
      const page = await open(look);
      await signIn(page, origin, `${user}@contoso`);
      return page;
    },
    async take(name, of, how) {
      const shown = { animations: 'disabled', caret: 'hide' } as const;
      const picture = withPalette(
        'goto' in of
          ? await of.screenshot({ ...shown, fullPage: how === undefined })
          : await of.screenshot(shown),
      );
      await writeFile(path.join(picturesDir, `${name}.png`), picture);
      console.log(`${name}.png: ${Math.round(picture.length / 1000)} kB`);
    },
  };
}

/** The first of these that the machine has, for pages that ask for the font of the system. */
const fonts = ['Inter', 'Noto Sans', 'Liberation Sans'];

async function fontsIn(folder: string): Promise<string> {
  const aliases = ['system-ui', 'sans-serif'].map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong">${fonts.map((font) => `<string>${font}</string>`).join('')}</edit></match>`,
  );
  const file = path.join(folder, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts</dir><cachedir>${folder}</cachedir>${aliases.join('')}</fontconfig>`,
  );
  return file;
}
