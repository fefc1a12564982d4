import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { runHostToExit } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';
import { HELLO, useHosts } from './use-hosts.ts';

const { app, afterwards } = useHosts();

describe('a start that cannot succeed ends with 1 and one message', () => {
  test('the port is taken', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    afterwards(() => other.close());
    const { port } = other.address() as AddressInfo;
    const { code, output } = await runHostToExit(fixture('buffered'), { args: ['--port', String(port)] });
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(
        `^Port ${port} is taken by .*choose another port with --port \\(0 picks a free one\\)\\.\n$`,
      ),
    );
    if (process.platform === 'linux') {
      expect(output).toContain(`process ${process.pid}`);
    }
  });

  const files = (content: string) => ({ 'functions/broken.mjs': content });
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'an entry point throws',
      files("throw new Error('setting X is missing');"),
      /loading functions\/broken\.mjs failed at functions\/broken\.mjs:1:7: setting X is missing/,
    ],
    [
      'an entry point imports nothing',
      files("import './nowhere.mjs';"),
      /loading functions\/broken\.mjs failed.*nowhere\.mjs/,
    ],
    [
      'an entry point is not JavaScript',
      files('const = 5;'),
      /loading functions\/broken\.mjs failed.*Unexpected token/,
    ],
    [
      'two functions share a name',
      files(`${HELLO}\napp.http('hello', { handler: () => ({}) });`),
      /loading functions\/broken\.mjs failed.*"hello" has already been registered/,
    ],
    [
      'the build is missing',
      { 'package.json': { main: 'dist/functions/*.js', scripts: { build: 'tsc' } } },
      /"dist\/functions\/\*\.js".*Run: npm run build/,
    ],
    [
      'the one file of the app is missing',
      { 'package.json': { main: 'all.js' } },
      /"all\.js".*check the name/,
    ],
    ['there is no main', { 'package.json': {} }, /no "main"/],
    ['there is no package.json', { 'package.json': undefined }, /package\.json cannot be read.*--dir/],
    ['there is no host.json', { 'host.json': undefined }, /host\.json does not exist/],
    [
      'settings are encrypted',
      { ...files(HELLO), 'local.settings.json': { Values: {} } },
      /"IsEncrypted": false/,
    ],
  ])('%s', async (_why, content, message) => {
    const { code, output } = await runHostToExit(app(content).dir);
    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  test('the app sets an exit code while it is loaded', async () => {
    const content = files("process.stderr.write('X is missing\\n'); process.exitCode = 1;");
    const { code, output } = await runHostToExit(app(content).dir);
    expect(code).toBe(1);
    expect(output).toMatch(/^X is missing\nThe app cannot work like this: mend what it says above\./);
  });

  test.each([
    [['--port', '70000'], 2, /^--port is "70000", and must be a whole number from 0 to 65535/],
    [['--nonsense'], 2, /--nonsense.*--help/s],
    [['--key', 'x'], 2, /--enable-auth/],
    [['--address', '203.0.113.7'], 1, /no address 203\.0\.113\.7.*--address/],
  ] as const)('%j', async (args, exitCode, message) => {
    const { code, output } = await runHostToExit(fixture('buffered'), { args });
    expect(code).toBe(exitCode);
    expect(output).toMatch(message);
  });
});

test('--help explains the options', async () => {
  const { code, output } = await runHostToExit(fixture('buffered'), { args: ['--help'] });
  expect(code).toBe(0);
  expect(output).toContain('--enable-auth');
});
