import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '#platform/errors';
import type { TenantId } from '#platform/identity/tenant';
import { openStorage, type Storage } from '#platform/storage/connect';
import { idAllocator } from '#platform/storage/counters';
import { sessionMailbox } from '#platform/storage/session-mailbox';
import { StaleWrite } from '#platform/storage/stale-write';
import type { Table } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { usedNonceStore } from '#platform/storage/used-nonce-store';
import { type StorageProxy, startStorageProxy } from '../../security/storage-proxy.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const at = new Date('2026-01-02T03:04:05Z');
const aRow = (rowKey: string, text = 'first') => ({ partitionKey: 'p', rowKey, properties: { text } });
const remove = (rowKey: string) => ({ remove: { partitionKey: 'p', rowKey } });

let proxy: StorageProxy;
let storage: Storage;
/** The way past the proxy. */
let direct: Storage;
let tenant: TenantId;
let table: Table;
/** The same table, past the proxy. */
let plain: Table;

beforeAll(async () => {
  proxy = await startStorageProxy();
  storage = await openStorage({ dataStorage: proxy.connectionString });
  direct = await testStorage();
});

beforeEach(async () => {
  tenant = freshTenant();
  table = storage.table(tableName(tenant, 'Counters'));
  plain = direct.table(tableName(tenant, 'Counters'));
  await plain.ensure();
});

afterEach(() => proxy.release());
afterAll(() => proxy.stop());

/** The next write is carried out, and its answer lost. */
function loseNextAnswer(times = 1): void {
  proxy.fault = { pattern: /^(?:POST|PUT|DELETE|MERGE) /, effect: 'lose', times };
}

async function rows(): Promise<Record<string, unknown>> {
  const stored = await plain.list("PartitionKey eq 'p'");
  return Object.fromEntries(stored.map(({ rowKey, properties: { text } }) => [rowKey, { text }]));
}

describe('a transaction whose answer was lost is made once, and succeeds', () => {
  test('insert', async () => {
    loseNextAnswer();
    await table.transact([{ insert: aRow('a') }, { insert: aRow('b') }]);
    expect(await rows()).toEqual({ a: { text: 'first' }, b: { text: 'first' } });
  });

  test('replace', async () => {
    await plain.transact([{ insert: aRow('a') }]);
    const etag = (await plain.get('p', 'a'))?.etag ?? '';
    loseNextAnswer();
    await table.transact([{ replace: aRow('a', 'second'), etag }]);
    expect(await rows()).toEqual({ a: { text: 'second' } });
  });

  test('a change with a removal', async () => {
    await plain.transact([{ insert: aRow('a') }]);
    loseNextAnswer();
    await table.transact([remove('a'), { insert: aRow('b') }]);
    expect(await rows()).toEqual({ b: { text: 'first' } });
  });

  test('removals alone', async () => {
    await plain.transact([{ insert: aRow('a') }, { insert: aRow('b') }]);
    loseNextAnswer();
    await table.transact([remove('a'), remove('b')]);
    expect(await rows()).toEqual({});
  });
});

test('a transaction that did not get there is sent again', async () => {
  proxy.fault = { pattern: /^POST /, effect: 'fail', times: 1 };
  await table.transact([{ insert: aRow('a') }]);
  expect(await rows()).toEqual({ a: { text: 'first' } });
});

test('the same change of somebody else is not taken for one’s own', async () => {
  await plain.transact([{ insert: aRow('a') }]);
  proxy.fault = { pattern: /^POST /, effect: 'fail', times: 1 };
  await expect(table.transact([{ insert: aRow('a') }])).rejects.toBeInstanceOf(StaleWrite);
});

test('who cannot find out says so', async () => {
  proxy.fault = { pattern: /./, effect: 'lose' };
  await expect(table.transact([{ insert: aRow('a') }])).rejects.toBeInstanceOf(Unavailable);
  proxy.release();
  expect(await rows()).toEqual({ a: { text: 'first' } });
});

describe('what may be repeated is repeated', () => {
  test('removals', async () => {
    await plain.transact([{ insert: aRow('a') }, { insert: aRow('b') }]);
    loseNextAnswer();
    await table.transactRepeatable([remove('a'), { upsert: aRow('c') }, remove('b')]);
    expect(await rows()).toEqual({ c: { text: 'first' } });
  });

  test('removals of which some were made by somebody else', async () => {
    await plain.transact([{ insert: aRow('b') }]);
    await table.transactRepeatable([remove('a'), remove('b')]);
    expect(await rows()).toEqual({});
  });

  test('a new table', async () => {
    const other = storage.table(tableName(freshTenant(), 'Counters'));
    loseNextAnswer();
    await other.ensure();
    expect(await other.get('p', 'a')).toBeUndefined();
  });
});

describe('what is built on it', () => {
  test('an id is used once, and its user is told so', async () => {
    const [lossy, other] = [usedNonceStore(storage, tenant), usedNonceStore(direct, tenant)];
    expect(await lossy.use('user', 'first', at)).toBe(true);
    loseNextAnswer();
    expect(await lossy.use('user', 'second', at)).toBe(true);
    expect(await other.use('user', 'second', at)).toBe(false);
    proxy.fault = { pattern: /^POST /, effect: 'fail', times: 1 };
    expect(await lossy.use('user', 'second', at)).toBe(false);
  });

  test('ids are reserved without an error', async () => {
    loseNextAnswer();
    expect(await idAllocator(table, 'ticket').next()).toBe(1);
    expect(await idAllocator(plain, 'ticket').next()).toBe(51);
  });

  test('messages are taken once', async () => {
    const mailbox = sessionMailbox(storage, tenant);
    const inbox = { session: 's', stream: 't' };
    await mailbox.open(inbox, at);
    await mailbox.post(inbox, 1, 'one', at);
    await mailbox.post(inbox, 2, 'two', at);
    loseNextAnswer();
    expect(await mailbox.take(inbox)).toMatchObject({ messages: ['one', 'two'] });
    expect(await mailbox.take(inbox)).toMatchObject({ messages: [] });
    loseNextAnswer();
    await mailbox.close(inbox);
    expect(await mailbox.post(inbox, 1, 'three', at)).toBe(false);
  });
});
