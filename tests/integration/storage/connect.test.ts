import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { azuriteConnectionString } from '#emulators/stack/azurite';
import { Unavailable } from '#platform/errors';
import { openStorage, type Storage } from '#platform/storage/connect';
import { countRoundTrips } from '#platform/storage/round-trips';
import { tableName } from '#platform/storage/tables';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';

const row = { partitionKey: 'p', rowKey: 'r', properties: {} };
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function storageAt(port: number, waits: { readonly callerMs?: number } = {}): Promise<Storage> {
  return await openStorage({ dataStorage: azuriteConnectionString(port), ...waits });
}

describe('storage that is not there', () => {
  test('is reported in a sentence that tells no address, key or library', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const storage = await storageAt(port);
    const table = storage.table('contosoAccounts');
    const calls = [
      () => storage.ping(),
      () => table.get('p', 'r'),
      () => table.list(''),
      () => table.transact([{ insert: row }]),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toThrow(
        new Unavailable('Storage does not answer; try again in a moment.'),
      );
    }
  });

  test('leaves in the log what happened, without customers’ data and signatures', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(500).end()));
    const table = (await storageAt(port)).table('contosoAccounts');
    const secret = { ...row, properties: { email: 'ada.stone@example.com' } };
    const failure = await table.transact([{ insert: secret }]).catch((error: unknown) => error);
    const logged = inspect(failure, { depth: 20, showHidden: true });
    expect(logged).toContain('Storage answered 500');
    expect(logged).not.toMatch(/ada\.stone|SharedKey/);
  });

  test('a server that accepts and never answers does not hold the caller', async () => {
    const storage = await storageAt(await listen(createServer(() => {})));
    await expect(storage.ping()).rejects.toThrow(Unavailable);
  });

  test('an answer that takes its time is waited for as long as whoever opened storage says', async () => {
    const server = createServer((_request, response) => {
      setTimeout(() => response.writeHead(404).end(), 400);
    });
    const port = await listen(server);
    const read = async (storage: Storage) => await storage.table('contosoAccounts').get('p', 'r');
    await expect(read(await storageAt(port, { callerMs: 50 }))).rejects.toThrow(Unavailable);
    expect(await read(await storageAt(port))).toBeUndefined();
  });

  test('a failed read is tried again, and every attempt counts as a round trip', async () => {
    let requests = 0;
    const port = await listen(
      createServer((_request, response) => {
        requests += 1;
        response.writeHead(503).end();
      }),
    );
    const { count } = await countRoundTrips(async () => {
      const table = (await storageAt(port)).table('contosoAccounts');
      await expect(table.get('p', 'r')).rejects.toThrow(Unavailable);
    });
    expect(count).toBe(3);
    expect(requests).toBe(3);
  });

  test('credentials that storage refuses are a matter for the operator', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(403).end()));
    await expect((await storageAt(port)).ping()).rejects.toThrow(
      new Unavailable('Storage refuses this service; ask the operator to check its access.'),
    );
  });
});

test('a change is not made twice when every answer is lost, and the caller is told that it may have been made', async () => {
  const table = tableName(freshTenant(), 'Accounts');
  const direct = (await testStorage()).table(table);
  await direct.ensure();
  const azurite = new URL(/TableEndpoint=([^;]+)/.exec(testDataStorage())?.[1] ?? '');
  let writes = 0;
  // Hands every request on to Azurite and hangs up on the caller once it is done.
  const port = await listen(
    createServer((request, response) => {
      const { method, url, headers } = request;
      if (method === 'POST') {
        writes += 1;
      }
      const onward = forward(
        { host: azurite.hostname, port: azurite.port, method, path: url, headers },
        (answer) => {
          answer.resume().on('end', () => response.destroy());
        },
      );
      request.pipe(onward);
    }),
  );
  await expect((await storageAt(port)).table(table).transact([{ insert: row }])).rejects.toThrow(
    'it is not known whether the change was saved',
  );
  expect(writes).toBe(1);
  expect(await direct.get('p', 'r')).toMatchObject({ rowKey: 'r' });
});

test('a table is made once', async () => {
  const storage = await testStorage();
  expect(storage.table('contosoAccounts')).toBe(storage.table('contosoAccounts'));
});

describe('an account whose key is being renewed', () => {
  const renewed = (key: string) => testDataStorage().replace(/AccountKey=[^;]*/, `AccountKey=${key}`);
  const wrong = renewed(Buffer.from('no key of this account').toString('base64'));

  test.each([
    ['the first key', () => `${testDataStorage()},${wrong}`],
    ['the second key', () => `${wrong}, ${testDataStorage()}`],
  ])(
    'is reached with %s, in transactions too, and the other one costs nothing from then on',
    async (_which, texts) => {
      const name = tableName(freshTenant(), 'Accounts');
      await (await testStorage()).table(name).ensure();
      const storage = await openStorage({ dataStorage: texts() });
      const table = storage.table(name);
      await table.transact([{ insert: row }]);
      const { result, count } = await countRoundTrips(() => table.get('p', 'r'));
      expect(result).toMatchObject({ rowKey: 'r' });
      expect(count).toBe(1);
    },
  );

  test('is not reached where no key is good', async () => {
    const storage = await openStorage({ dataStorage: `${wrong},${wrong}` });
    await expect(storage.ping()).rejects.toThrow(Unavailable);
  });

  test('is one account', async () => {
    const other = testDataStorage().replace(/AccountName=[^;]*/, 'AccountName=other');
    const dataStorage = `${testDataStorage()},${other}`;
    await expect(openStorage({ dataStorage })).rejects.toThrow(/DATA_STORAGE .* must be of one account/);
  });
});
