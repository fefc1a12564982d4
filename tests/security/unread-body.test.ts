import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, type KeptConnection, keptConnection } from '../support/kept-connection.ts';

import { type Door, headers, inProcess, onTheHost } from './unread-doors.ts';

const mebibyte = 1024 * 1024;
const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });

interface Refused {
  readonly what: string;
  readonly status: number;
  readonly asked: (token: string) => Asked;
}

const refusals: readonly Refused[] = [
  { what: 'has no token', status: 401, asked: () => ({ headers }) },
  {
    what: 'comes from a page that was not invited',
    status: 403,
    asked: (token) => ({
      headers: { ...headers, authorization: `Bearer ${token}`, origin: 'https://evil.example' },
    }),
  },
  {
    what: 'was meant for another host',
    status: 403,
    asked: (token) => ({ headers: { ...headers, authorization: `Bearer ${token}`, host: 'evil.example' } }),
  },
  { what: 'has a wrong method', status: 405, asked: () => ({ method: 'PUT', headers }) },
  {
    what: 'is no JSON',
    status: 415,
    asked: (token) => ({
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
    }),
  },
  {
    what: 'is too long',
    status: 413,
    asked: (token) => ({ headers: { ...headers, authorization: `Bearer ${token}` } }),
  },
];

describe.each([
  ['in process', inProcess],
  ['on the local host', onTheHost],
] as const)('a body that is answered before it is read, %s', (_where, open) => {
  let door: Door;
  let connection: KeptConnection;

  beforeAll(async () => {
    door = await open();
    connection = keptConnection();
  });

  afterAll(async () => {
    connection?.close();
    await door?.stop();
  });

  /** Another user's request over the same connection, and over one of its own. */
  async function expectOthersAreServed(): Promise<void> {
    const another = keptConnection();
    const authorized = { ...headers, authorization: `Bearer ${door.tokens[1]}` };
    try {
      for (const client of [connection, another]) {
        const next = await client.ask(door.url, { headers: authorized, body: ping });
        expect(next).toMatchObject({ status: 200, text: expect.stringContaining('"id":7') });
      }
    } finally {
      another.close();
    }
  }

  describe.each(['chunks', 'length'] as const)('%s', (framing) => {
    it.each(refusals)(
      'and $what: $status, and the next request is another user’s',
      async ({ status, asked }) => {
        await expectOthersAreServed();
        const { opened } = connection;
        const padding = { bytes: 2 * mebibyte, framing };
        const fate = await connection.ask(door.url, { ...asked(door.tokens[0]), padding, body: ping });
        expect(fate).toMatchObject({ status });
        await expectOthersAreServed();
        expect(connection.opened).toBe(opened);
      },
    );

    it.each(refusals)('that is very long and $what: its connection ends', async ({ asked }) => {
      await expectOthersAreServed();
      const { opened } = connection;
      const padding = { bytes: 40 * mebibyte, framing };
      await connection.ask(door.url, { ...asked(door.tokens[0]), padding, body: ping });
      await expectOthersAreServed();
      expect(connection.opened).toBe(opened + 1);
    });
  });
});
