import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { testDataStorage } from '../support/azurite.ts';
import { type Ended, runEntry, runNode } from '../support/run.ts';
import { copyProject } from './extending/project-copy.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) {
    await clean();
  }
});

/** A port that somebody else listens on. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => server.close());
  return (server.address() as AddressInfo).port;
}

function expectOneHelpfulMessage({ code, output }: Ended, message: RegExp, exitCode = 1): void {
  expect(output).toMatch(message);
  expect(output).not.toMatch(/^\s+at /m);
  expect(code).toBe(exitCode);
}

const settings = {
  AUTH_MODE: 'passthrough',
  TENANTS:
    '[{"slug":"contoso","tenantIds":["c0000000-0000-4000-8000-000000000001"],"displayName":"Contoso"}]',
};

describe('a wrong start ends in one helpful message', () => {
  it('port taken', async () => {
    const port = await takenPort();
    const env = { ...settings, DATA_STORAGE: testDataStorage() };
    const ended = await runEntry('emulators/host/cli.ts', ['--port', String(port)], env);
    expectOneHelpfulMessage(ended, new RegExp(`${port}.*--port`, 's'));
  });

  it('wrong setting', async () => {
    const env = { ...settings, DATA_STORAGE: testDataStorage(), LOG_LEVEL: 'loud' };
    const ended = await runEntry('emulators/host/cli.ts', ['--port', '0'], env);
    expectOneHelpfulMessage(ended, /LOG_LEVEL is "loud"; it must be one of debug, info, warn, error/);
  });

  it('storage that is no storage', async () => {
    const ended = await runEntry('emulators/host/cli.ts', ['--port', '0'], {
      ...settings,
      DATA_STORAGE: 'here',
    });
    expectOneHelpfulMessage(ended, /DATA_STORAGE must be a connection string/);
  });

  it('storage that does not answer', async () => {
    const port = await takenPort();
    const closed = testDataStorage().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
    await cleanups.pop()?.();
    const ended = await runEntry('emulators/stack/start.ts', ['--port', '0'], { DATA_STORAGE: closed });
    expectOneHelpfulMessage(ended, /storage/i);
  });

  it.each([
    ['emulators/stack/start.ts', ['--port', '0']],
    ['scripts/trail/cli.ts', ['--tenant', 'contoso']],
    ['seed/cli.ts', []],
  ])('DATA_STORAGE that is no storage: %s', async (entry, args) => {
    const ended = await runEntry(entry, args, { DATA_STORAGE: 'here' });
    expectOneHelpfulMessage(ended, /^DATA_STORAGE must be a connection string/);
  });

  it('a folder that takes no files, before anything is started that would go on', async () => {
    const copy = await copyProject();
    cleanups.push(async () => copy.remove());
    await writeFile(path.join(copy.dir, '.local'), 'a file in the way');
    const start = [
      path.join(copy.dir, 'scripts/launch.cjs'),
      'emulators/stack/start.ts',
      '--port',
      '0',
      '--ephemeral',
    ];
    expectOneHelpfulMessage(await runNode(start, {}, copy.dir), /^Cannot write .*\.local/);
  });

  it('wrong option', async () => {
    const ended = await runEntry('emulators/stack/start.ts', ['--port', 'many']);
    expectOneHelpfulMessage(ended, /--port is "many"; it must be a whole number/, 2);
  });

  it('Node too old', async () => {
    const launch = JSON.stringify(path.join(projectDir, 'scripts/launch.cjs'));
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.1' }); require(${launch})`;
    expectOneHelpfulMessage(
      await runNode(['-e', pretend]),
      /^Node 20\.19 or later is needed; this is 18\.20\.1/,
    );
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
      const ended = await runNode(
        [path.join(dir, 'scripts/launch.cjs'), 'emulators/stack/start.ts'],
        env,
        dir,
      );
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
});
