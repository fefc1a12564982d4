import { describe, expect, test } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { createAppFolder } from './app-folder.ts';
import { fixture } from './fixture.ts';
import { rawRequest } from './raw-request.ts';

describe('CORS of local.settings.json', () => {
  const serve = async (Host: object, run: (host: HostProcess) => Promise<void>) => {
    const app = createAppFolder({
      'functions/a.mjs': `import { app } from '@azure/functions';
app.http('hello', { handler: () => ({ body: 'hello' }) });`,
      'local.settings.json': { IsEncrypted: false, Host },
    });
    const host = await startHostProcess(app.dir).finally(app.remove);
    await run(host).finally(host.stop);
  };

  test('allows every origin with *', async () => {
    await serve({ CORS: '*' }, async (host) => {
      const { headers } = await rawRequest(`${host.url}/hello`, {
        headers: { origin: 'https://any.example' },
      });
      expect(headers['access-control-allow-origin']).toBe('*');
    });
  });

  test('may allow credentials for named origins', async () => {
    await serve({ CORS: 'https://one.example', CORSCredentials: true }, async (host) => {
      const { headers } = await rawRequest(`${host.url}/hello`, {
        headers: { origin: 'https://one.example' },
      });
      expect(headers['access-control-allow-credentials']).toBe('true');
    });
  });

  test('is refused for every origin with credentials', async () => {
    const start = serve({ CORS: '*', CORSCredentials: true }, async () => {});
    await expect(start).rejects.toThrow('CORS allows every origin (*) and credentials at once');
  });
});

test('keys are made up when none is given', async () => {
  const host = await startHostProcess(fixture('streaming'), { args: ['--enable-auth'] });
  const [, key = ''] = await host.waitForOutput(/Function key: (\S+)/);
  expect(key.length).toBeGreaterThan(40);
  expect((await fetch(`${host.url}/keyed`, { headers: { 'x-functions-key': key } })).status).toBe(200);
  await host.stop();
});

test('without HTTP streams a body over the limit is refused too', async () => {
  const env = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000' };
  const host = await startHostProcess(fixture('buffered'), { env });
  for (const headers of [{ 'content-length': '1001' }, { 'transfer-encoding': 'chunked' }]) {
    const { status } = await rawRequest(`${host.url}/api/length`, { method: 'POST', headers }, [
      'x'.repeat(1001),
    ]);
    expect(status).toBe(500);
  }
  await host.stop();
});
