import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { guardedFetch, publicInternet, type Reach } from '#platform/sign-in/clients/guarded-fetch';
import { type DocumentsServer, serveDocuments } from '../../support/documents-server.ts';

const id = 'https://client.example/about.json';

let server: DocumentsServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  answer = (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  server = await serveDocuments(['client.example'], (request, response) => answer(request, response));
});

afterEach(() => server.close());

const limits = { milliseconds: 5_000, bytes: 1_000 };
const reachTo = (...addresses: string[]): Reach => ({
  ...server.reach,
  resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  allows: publicInternet.allows,
});

it.each([
  ['this machine', ['127.0.0.1']],
  ['a private network', ['10.0.0.5']],
  ['the metadata of a cloud', ['169.254.169.254']],
  ['one public and one private address', ['20.50.2.1', '127.0.0.1']],
  ['no address', []],
  ['a mapped address', ['::ffff:127.0.0.1']],
])('lets no connection be made to %s', async (_what, addresses) => {
  await expect(guardedFetch(id, limits, reachTo(...addresses))).rejects.toThrow(/not on the public internet/);
  expect(server.asked).toEqual([]);
});

it('checks the address that is connected to, not one that the name had before', async () => {
  const turns = ['127.0.0.1', '169.254.169.254'];
  const turning: Reach = {
    ...server.reach,
    resolve: async () => [{ address: turns.shift() ?? '', family: 4 }],
    allows: (address) => address === '127.0.0.1',
  };
  await guardedFetch(id, limits, turning);
  await expect(guardedFetch(id, limits, turning)).rejects.toThrow(/not on the public internet/);
  expect(server.asked).toHaveLength(1);
});

it.each(['https://127.0.0.1/a', 'https://[::1]/a', 'https://2130706433/a', 'http://client.example/a'])(
  'does not even look for %s',
  async (address) => {
    await expect(guardedFetch(address, limits, server.reach)).rejects.toThrow(/https address with a name/);
  },
);

it('trusts the usual authorities only', async () => {
  const { ca: _ca, ...without } = server.reach;
  await expect(guardedFetch(id, limits, without)).rejects.toThrow(/cannot be reached/);
});

it.each([
  ['never begins', () => {}],
  [
    'never ends',
    (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
  ],
])('gives up what %s', async (_what, how) => {
  answer = how;
  await expect(guardedFetch(id, { ...limits, milliseconds: 300 }, server.reach)).rejects.toThrow(
    /takes too long/,
  );
});

it('stops reading what is too long, said or not', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => response.writable && response.write('x'.repeat(10_000), () => setImmediate(more));
    more();
  };
  await expect(guardedFetch(id, limits, server.reach)).rejects.toThrow(/too long/);
});
