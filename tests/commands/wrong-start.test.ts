import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { testDataStorage } from '../support/azurite.ts';
import { runEntry, runNode } from '../support/run.ts';
import { expectOneHelpfulMessage } from './command-sentences.ts';
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

  // a copy of the project is written and built, and read without what is kept of it
  const copyMs = 600_000;

  it('a folder that takes no files, before anything is started that would go on', {
    timeout: copyMs,
  }, async () => {
    const copy = await copyProject();
    cleanups.push(async () => copy.remove());
    await rm(path.join(copy.dir, '.local'), { recursive: true, force: true });
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
});
