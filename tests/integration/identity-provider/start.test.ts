import http from 'node:http';
import { expect, test } from 'vitest';
import { startIdentityProvider } from '#emulators/identity/provider';

test.each([
  { WEBSITE_INSTANCE_ID: 'x' },
  { WEBSITE_SITE_NAME: 'contoso-mcp' },
  { IDENTITY_ENDPOINT: 'http://169.254.129.2' },
  { WEBSITE_HOSTNAME: 'contoso-mcp.azurewebsites.net' },
])('%o stops the start: this is Azure', async (env) => {
  await expect(startIdentityProvider({ env })).rejects.toThrow('does not start in Azure');
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])(
  'the address %s is refused, as others could reach it',
  async (address) => {
    await expect(startIdentityProvider({ address })).rejects.toThrow('asks for no password');
  },
);

test('a port that is taken is said so', async () => {
  const first = await startIdentityProvider();
  try {
    const port = Number(new URL(first.origin).port);
    await expect(startIdentityProvider({ port })).rejects.toThrow(`Port ${port} is taken`);
  } finally {
    await first.stop();
  }
});

test('a request under another name is refused: a rebound page would send one', async () => {
  const provider = await startIdentityProvider();
  try {
    const url = `${provider.issuerOf('contoso')}/.well-known/openid-configuration`;
    expect(await statusOf(url, new URL(url).host)).toBe(200);
    expect(await statusOf(url, 'evil.example')).toBe(421);
  } finally {
    await provider.stop();
  }
});

test('after the stop nothing answers, and a second stop does no harm', async () => {
  const provider = await startIdentityProvider();
  await provider.stop();
  await provider.stop();
  await expect(fetch(provider.origin)).rejects.toThrow();
});

/** `fetch` does not let the Host header be chosen. */
function statusOf(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers: { host }, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', reject);
  });
}
