import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type HostProcess,
  type HostProcessOptions,
  runHostToExit,
  startHostProcess,
} from '../../support/host-process.ts';
import { type AppFolder, createAppFolder } from './app-folder.ts';
import { fixture } from './fixture.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const task of cleanUp.splice(0).reverse()) {
    await task();
  }
});

async function start(dir: string, options?: HostProcessOptions): Promise<HostProcess> {
  const host = await startHostProcess(dir, options);
  cleanUp.push(() => host.stop());
  return host;
}

function app(files: Record<string, unknown>): AppFolder {
  const folder = createAppFolder(files);
  cleanUp.push(folder.remove);
  return folder;
}

/** A process that starts a host, says where it is, and waits. */
const START_AND_TELL = `
const { fork } = require('node:child_process');
fork('scripts/launch.cjs', ['emulators/host/cli.ts', '--dir', process.argv[1], '--port', '0'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  .on('message', (message) => console.log(JSON.stringify(message)));`;
const REPOSITORY = path.resolve(import.meta.dirname, '../../..');

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status !== 503,
    () => false,
  );

const HELLO = `import { app } from '@azure/functions';
app.http('hello', { handler: () => ({ body: 'hello' }) });`;

describe('the end', () => {
  test('SIGTERM runs the appTerminate hooks and exits with 0', async () => {
    const host = await start(fixture('buffered'));
    expect(await host.stop()).toBe(0);
    expect(host.output()).toContain('appTerminate ran, started=true');
  });

  test('a call that has not been answered yet gets its answer, and a stream is cut', async () => {
    const host = await start(fixture('streaming'));
    const stream = await fetch(`${host.url}/stream/end`);
    const waiting = fetch(`${host.url}/untilTheEnd`);
    await host.waitForOutput(/waiting for the end/);
    expect(await host.stop()).toBe(0);
    expect(await (await waiting).text()).toBe('answered after the signal');
    await expect(stream.text()).rejects.toThrow();
  });

  test('while open calls are waited for, nobody new gets in', async () => {
    const host = await start(fixture('buffered'));
    const never = expect(fetch(`${host.url}/api/never`)).rejects.toThrow();
    await host.waitForOutput(/Executing 'Functions\.never'/);
    process.kill(host.pid, 'SIGTERM');
    await expect.poll(() => answers(`${host.url}/api/nothing`)).toBe(false);
    // The second signal does not wait any longer.
    await host.stop();
    await never;
  });

  test('hooks that never end are not waited for', async () => {
    const folder = app({
      'functions/a.mjs': `${HELLO}
app.hook.appTerminate(() => new Promise(() => {}));`,
    });
    const host = await start(folder.dir);
    expect(await host.stop()).toBe(0);
    expect(host.output()).toContain('The appTerminate hooks took longer than 5 s');
  });

  test('the host ends when the process that started it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', START_AND_TELL, fixture('buffered')], { cwd: REPOSITORY });
    const [line] = await once(createInterface(parent.stdout), 'line');
    const { port } = JSON.parse(line) as { port: number };
    parent.kill('SIGKILL');
    await expect.poll(() => answers(`http://127.0.0.1:${port}/`)).toBe(false);
  });
});

describe('the environment of the app', () => {
  test('is set before the app is loaded', async () => {
    const host = await start(fixture('buffered'));
    expect(await (await fetch(`${host.url}/api/environment`)).json()).toMatchObject({
      cwd: fixture('buffered'),
      WEBSITE_HOSTNAME: `localhost:${host.port}`,
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      AzureWebJobsScriptRoot: fixture('buffered'),
      FUNCTIONS_WORKER_RUNTIME: 'node',
    });
  });

  test('comes from local.settings.json, and the shell wins', async () => {
    const folder = app({
      'functions/a.mjs': `import { app } from '@azure/functions';
const { FROM_FILE, FROM_SHELL } = process.env;
app.http('settings', { handler: () => ({ jsonBody: { FROM_FILE, FROM_SHELL } }) });`,
      'local.settings.json': { IsEncrypted: false, Values: { FROM_FILE: 'file', FROM_SHELL: 'file' } },
    });
    const host = await start(folder.dir, { env: { FROM_SHELL: 'shell' } });
    expect(await (await fetch(`${host.url}/settings`)).json()).toEqual({
      FROM_FILE: 'file',
      FROM_SHELL: 'shell',
    });
    expect(host.output()).toContain("Skipping 'FROM_SHELL' from local settings");
  });
});

describe('functions that do not run', () => {
  test('a disabled one is listed and answers 404', async () => {
    const host = await start(fixture('buffered'), { env: { 'AzureWebJobs.nothing.Disabled': 'true' } });
    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(404);
    expect(host.output()).toContain("Function 'nothing' is disabled");
    expect(host.output()).toContain('nothing: httpTrigger (disabled)');
  });

  test('timers run; wrong ones and unknown triggers are named and skipped; the rest is served', async () => {
    const host = await start(fixture('timers'), { env: { AT_START_SCHEDULE: '0 0 0 1 1 *' } });
    await host.waitForOutput(
      /atStart ran with \{"schedule":\{"adjustForDST":true\},"scheduleStatus":\{"last":/,
    );
    await host.waitForOutput(/everySecond ran with .*"scheduleStatus":null,"isPastDue":false/);
    const output = host.output();
    expect(output).toContain("The 'wrongSchedule' function is in error");
    expect(output).toContain("The 'noSetting' function is in error: '%NO_SUCH_SETTING%' does not resolve");
    expect(output).toContain("Function 'queued' uses a queueTrigger, which this local host does not emulate");
    expect((await fetch(`${host.url}/api/runs`)).status).toBe(200);
    expect((await fetch(`${host.url}/admin/functions/FAILING`, { method: 'POST' })).status).toBe(202);
    await host.waitForOutput(/Executed 'Functions\.failing' \(Failed/);
  });

  test('one that takes too long is ended, and the log says what the cloud does', async () => {
    const env = { AzureFunctionsJobHost__functionTimeout: '00:00:01' };
    const host = await start(fixture('buffered'), { env });
    expect((await fetch(`${host.url}/api/never`)).status).toBe(500);
    await host.waitForOutput(
      /Timeout value of 00:00:01 exceeded by function 'Functions\.never'.*the worker process is restarted/,
    );
  });

  test('the time limit ends a stream too', async () => {
    const env = { AzureFunctionsJobHost__functionTimeout: '00:00:01' };
    const host = await start(fixture('streaming'), { env });
    const stream = await fetch(`${host.url}/stream/limit`);
    await expect(stream.text()).rejects.toThrow();
    await host.waitForOutput(/Timeout value of 00:00:01 exceeded by function 'Functions\.stream'/);
  });
});

test('requests are answered with 503 until the app is loaded', async () => {
  const folder = app({
    'functions/a.mjs': `import { app } from '@azure/functions';
const early = await fetch('http://' + process.env.WEBSITE_HOSTNAME.replace('localhost', '127.0.0.1'));
const answer = early.status + ' ' + (await early.text());
app.http('early', { handler: () => ({ body: answer }) });`,
  });
  const host = await start(folder.dir);
  expect(await (await fetch(`${host.url}/early`)).text()).toBe('503 Function host is not running.');
});

test('custom headers of host.json are on every answer, and the home page can be switched off', async () => {
  const http = { routePrefix: '', customHeaders: { 'x-content-type-options': 'nosniff' } };
  const folder = app({ 'functions/a.mjs': HELLO, 'host.json': { version: '2.0', extensions: { http } } });
  const host = await start(folder.dir, { env: { AzureWebJobsDisableHomepage: 'true' } });
  for (const [path, status] of [
    ['/hello', 200],
    ['/missing', 404],
    ['/', 204],
  ] as const) {
    const response = await fetch(host.url + path);
    expect([path, response.status]).toEqual([path, status]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('CommonJS apps and log levels of host.json work', async () => {
  const folder = app({
    'package.json': { main: 'index.js' },
    'index.js': `const { app } = require('@azure/functions');
app.http('hello', { handler: (request, context) => { context.log('quiet'); context.warn('loud'); return { body: 'hi' }; } });`,
    'host.json': {
      version: '2.0',
      logging: { logLevel: { default: 'Information', 'Function.hello': 'Warning' } },
    },
  });
  const host = await start(folder.dir);
  expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('hi');
  await host.waitForOutput(/loud/);
  expect(host.output()).not.toContain('quiet');
  expect(host.output()).not.toContain("Executing 'Functions.hello'");
});

test('an app without functions starts, and is told what may be missing', async () => {
  const host = await start(app({ 'functions/a.mjs': '' }).dir);
  expect(host.output()).toContain('No functions found');
});

describe('a start that cannot succeed ends with 1 and one message', () => {
  test('the port is taken', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    cleanUp.push(() => other.close());
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

test('a host whose output nobody reads any more ends', async () => {
  const child = spawn(
    process.execPath,
    ['scripts/launch.cjs', 'emulators/host/cli.ts', '--dir', fixture('buffered'), '--port', '0'],
    { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  cleanUp.push(() => child.kill('SIGKILL'));
  const ready = createInterface({ input: child.stdout });
  for await (const line of ready) {
    if (!line.startsWith('Host ready on ')) {
      continue;
    }
    const address = line.slice('Host ready on '.length);
    child.stdout.destroy();
    // A request makes it log, and so notice.
    await fetch(address).catch(() => {});
    await fetch(`${address}/api/nothing`).catch(() => {});
    break;
  }
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  expect(code).toBe(1);
});
