import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { type KeptConnection, keptConnection } from '../../support/kept-connection.ts';
import { fixture } from './fixture.ts';

const mebibyte = 1024 * 1024;
/** Nobody may send more to this host. */
const limit = 48 * mebibyte;

let host: HostProcess;
let connection: KeptConnection;

beforeAll(async () => {
  host = await startHostProcess(fixture('streaming'), {
    args: ['--enable-auth'],
    env: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(limit) },
  });
  connection = keptConnection();
});

afterAll(async () => {
  connection?.close();
  await host?.stop();
});

/** The next request over the same connection, and one that comes another way. */
async function expectOthersAreServed(): Promise<void> {
  const another = keptConnection();
  try {
    for (const client of [connection, another]) {
      const next = await client.ask(`${host.url}/upload`, { body: 'the next one' });
      expect(next).toEqual({ status: 200, text: 'the next one' });
    }
  } finally {
    another.close();
  }
}

const answers = [
  ['the app refuses without reading', '/refuses', 403],
  ['the app gives up in the middle', '/stopsReading', 413],
  ['no route has', '/nowhere', 404],
  ['lacks its key', '/keyedUpload', 401],
] as const;

describe.each(['chunks', 'length'] as const)('a body that is not read to its end (%s)', (framing) => {
  it.each(answers)(
    'that %s: the answer comes, and the next request is served',
    async (_who, path, status) => {
      for (const bytes of [100_000, 2 * mebibyte]) {
        await expectOthersAreServed();
        const { opened } = connection;
        const fate = await connection.ask(`${host.url}${path}`, { padding: { bytes, framing } });
        expect(fate).toMatchObject({ status });
        await expectOthersAreServed();
        expect(connection.opened).toBe(opened);
      }
    },
  );

  it.each(answers)(
    'that %s and is very long: its connection ends, the next is served',
    async (_who, path) => {
      await expectOthersAreServed();
      const { opened } = connection;
      await connection.ask(`${host.url}${path}`, { padding: { bytes: 40 * mebibyte, framing } });
      await expectOthersAreServed();
      expect(connection.opened).toBe(opened + 1);
    },
  );

  it('above the limit of the host is dropped with its connection', async () => {
    await connection.ask(`${host.url}/upload`, { padding: { bytes: limit + mebibyte, framing } });
    await expectOthersAreServed();
  });
});
