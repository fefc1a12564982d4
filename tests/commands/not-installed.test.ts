import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { runNode } from '../support/run.ts';
import { expectOneHelpfulMessage } from './command-sentences.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) {
    await clean();
  }
});

describe('packages that are not installed', () => {
  /** A folder with what starts an entry point, and these files. */
  async function bareProject(files: Readonly<Record<string, string>>): Promise<string> {
    const dir = await mkdtemp(path.join(tmpdir(), 'bare-'));
    cleanups.push(() => rm(dir, { recursive: true }));
    await mkdir(path.join(dir, 'scripts'));
    for (const name of [
      'launch.cjs',
      'kept-command.cjs',
      'loopback.cjs',
      'closed-output.cjs',
      'left-out.cjs',
    ]) {
      await copyFile(path.join(projectDir, 'scripts', name), path.join(dir, 'scripts', name));
    }
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), text);
    }
    return dir;
  }

  const afterInstallation = { 'node_modules/.package-lock.json': '{}' };
  const plain = { NODE_ENV: undefined, npm_config_omit: undefined };

  it.each([
    ['before any', {}, plain, /Run: npm ci$/],
    [
      'before any, for production',
      {},
      { ...plain, NODE_ENV: 'production' },
      /NODE_ENV=production.*--include=dev$/s,
    ],
    [
      'for production',
      afterInstallation,
      { ...plain, NODE_ENV: 'production' },
      /NODE_ENV=production.*--include=dev$/s,
    ],
    [
      'without dev',
      afterInstallation,
      { ...plain, npm_config_omit: 'dev' },
      /"omit" setting.*--include=dev$/s,
    ],
    ['without dev, and no word why', afterInstallation, plain, /"omit" setting.*--include=dev$/s],
  ])('after an installation: %s', async (_case, files, env, message) => {
    const dir = await bareProject(files);
    const ended = await runNode([path.join(dir, 'scripts/launch.cjs'), 'emulators/stack/start.ts'], env, dir);
    expectOneHelpfulMessage({ ...ended, output: ended.output.trimEnd() }, message);
  });

  it('after an installation without optional ones', async () => {
    const words = 'The package "@esbuild/linux-x64" could not be found, and is needed by esbuild.';
    const dir = await bareProject({
      'node_modules/tsx/package.json': '{"exports":{"./esm/api":"./api.mjs"}}',
      'node_modules/tsx/api.mjs': `export function register() { throw new Error('${words}'); }`,
    });
    const ended = await runNode(
      [path.join(dir, 'scripts/launch.cjs'), 'emulators/stack/start.ts'],
      plain,
      dir,
    );
    expectOneHelpfulMessage(ended, /npm ci --include=dev --include=optional/);
  });
});
