import { describe, expect, test } from 'vitest';
import { fixture } from './fixture.ts';
import { HELLO, useHosts } from './use-hosts.ts';

const { start, app } = useHosts();

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
