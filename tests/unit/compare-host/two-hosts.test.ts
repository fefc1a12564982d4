import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { STAND_IN } from '../../../emulators/host/http/stand-in.ts';
import { doubtOf } from '../../../scripts/compare-host/two-hosts.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server with this home page. */
async function home(
  page: string,
  headers: Record<string, string> = {},
): Promise<{ port: number; url: string }> {
  const server = http.createServer((_request, response) => response.writeHead(200, headers).end(page));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}` };
}
const localHome = `<p>This is ${STAND_IN}.</p>`;
const kestrel = { server: 'Kestrel' };

it('a real host and a local one are two', async () => {
  const [real, local] = [await home('welcome', kestrel), await home(localHome)];
  expect(await doubtOf(real.url, local.url)).toBeUndefined();
  expect(await doubtOf(real.url, undefined)).toBeUndefined();
});

it('one address is one host, however its name is written', async () => {
  const { url, port } = await home(localHome, kestrel);
  for (const name of [url, `http://localhost:${port}`, `http://127.0.0.2:${port}`]) {
    expect(await doubtOf(name, url)).toMatch(/ are the same address\.$/);
  }
});

it('a local host is no real one, even behind a server that calls itself Kestrel', async () => {
  const [real, local] = [await home(localHome, kestrel), await home(localHome)];
  expect(await doubtOf(real.url, local.url)).toMatch(/ is a local host, too\.$/);
  expect(await doubtOf(real.url, undefined)).toMatch(/ is a local host, too\.$/);
});

it('whoever does not show what it is may be anything', async () => {
  const [real, silent, local] = [await home('welcome', kestrel), await home(''), await home(localHome)];
  expect(await doubtOf(silent.url, local.url)).toMatch(/does not show that it is a real host/);
  expect(await doubtOf(real.url, silent.url)).toMatch(/does not show that it is a local host/);
});
