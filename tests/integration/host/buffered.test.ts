import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { fixture } from './fixture.ts';
import { rawRequest } from './raw-request.ts';

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess(fixture('buffered'));
});
afterAll(async () => {
  await host.stop();
});

const getJson = async (path: string) => (await fetch(`${host.url}${path}`)).json();

describe('an app without HTTP streams', () => {
  test('gets the whole request, and its answer arrives whole', async () => {
    const response = await fetch(`${host.url}/api/echo/5?a=1&a=2`, { method: 'POST', body: 'hello' });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-app')).toBe('yes');
    expect(response.headers.get('content-length')).not.toBeNull();
    expect(await response.json()).toEqual({
      method: 'POST',
      url: `${host.url}/api/echo/5?a=1&a=2`,
      params: { id: '5', tab: 'items' },
      query: { a: '1,2' },
      body: 'hello',
    });
  });

  test('gets a chunked body too', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const { body } = await rawRequest(`${host.url}/api/length`, { method: 'POST', headers }, ['one ', 'two']);
    expect(body).toBe('7');
  });

  test('sets cookies', async () => {
    const response = await fetch(`${host.url}/api/echo/5`);
    expect(response.headers.getSetCookie()).toEqual([
      'session=a%20b; max-age=60; path=/; samesite=Lax; httponly',
    ]);
  });

  test('is reached by the first route that fits: a value that is not a number goes to the next', async () => {
    expect(await getJson('/api/echo/five')).toEqual({ any: 'five' });
  });

  test('answers 204 when its handler returns nothing', async () => {
    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
  });

  test('answers an empty 500 when its handler throws', async () => {
    const response = await fetch(`${host.url}/api/throws`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
  });

  test('answers 404 for a wrong method and for an unknown route', async () => {
    expect((await fetch(`${host.url}/api/throws`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${host.url}/throws`)).status).toBe(404);
  });

  test('goes on after an error that no call waits for', async () => {
    await fetch(`${host.url}/api/escapes`);
    await host.waitForOutput(
      /Worker uncaught exception: Error: escaped[\s\S]*In Azure the worker process ends here/,
    );
    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
  });
});

describe('hooks', () => {
  test('run in the order of the real worker', async () => {
    await fetch(`${host.url}/api/nothing`);
    await fetch(`${host.url}/api/throws`);
    const seen = (await getJson('/api/seen')) as string[];
    expect(seen[0]).toBe('appStart');
    // The answer is made after the hooks, so the call that asks is in it.
    expect(seen.slice(-3)).toEqual(['nothing:ok', 'throws:failed', 'seen:ok']);
  });

  test('may change log entries', async () => {
    await fetch(`${host.url}/api/echo/8`);
    await host.waitForOutput(/echo password=\*\*\* for 8/);
    expect(host.output()).not.toContain('1234');
  });

  test('may log after the function has ended, without a warning', async () => {
    await fetch(`${host.url}/api/nothing`);
    await host.waitForOutput(/post hook ran/);
    expect(host.output()).not.toContain("Unexpected call to 'log'");
  });
});

describe('what the host answers itself', () => {
  test('its status', async () => {
    expect(await getJson('/admin/host/status')).toMatchObject({
      state: 'Running',
      version: expect.stringMatching(/^4\./),
    });
  });

  test('a home page', async () => {
    expect(await (await fetch(`${host.url}/`)).text()).toContain('functions host is up and running');
  });

  test.each(['/admin/other', '/runtime/webhooks/durabletask/instances', '/admin/functions/nothing'])(
    '404 for %s',
    async (path) => {
      expect((await fetch(host.url + path)).status).toBe(404);
    },
  );

  test('404, not another host, for a path that looks like one', async () => {
    expect((await rawRequest(host.url, { path: '//example.com/api/nothing' })).status).toBe(404);
  });
});
