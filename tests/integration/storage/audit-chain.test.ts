import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { sealingKey } from '#platform/access/audit-heads';
import type { TenantId } from '#platform/identity/tenant';
import { auditHeadStore } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { countRoundTrips } from '#platform/storage/round-trips';
import type { Properties, Table } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { createLogger } from '#platform/telemetry/log';
import { linesOf, verifyTrail } from '#scripts/trail/verify-trail';
import { trailSealing } from '#shared/composition/seal-trail';
import { anAuditEntry } from '../../support/audit-entry.ts';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';
import { runEntry } from '../../support/run.ts';

const secret = 'a secret of the tests that is longer than 32 bytes';
const now = new Date('2026-03-15T13:00:00.000Z');

let storage: Storage;
let tenant: TenantId;
let table: Table;
beforeAll(async () => {
  storage = await testStorage();
});
beforeEach(() => {
  tenant = freshTenant();
  table = storage.table(tableName(tenant, 'Audit'));
});

function entry(number: number, more: Partial<AuditEntry> = {}): AuditEntry {
  const time = `2026-03-15T12:${String(number).padStart(2, '0')}:00.000Z`;
  return anAuditEntry(number, { time, tenant, ...more });
}

const verify = () =>
  verifyTrail({ dataStorage: testDataStorage(), tenant, keys: [sealingKey(secret).publicKey], now });

async function seal(lines: string[] = []): Promise<void> {
  const logger = createLogger(
    'info',
    () => now,
    (line) => lines.push(line),
  );
  const heads = auditHeadStore(storage);
  const sealing = trailSealing({
    audit: auditStore(storage),
    heads,
    tenants: [tenant],
    secret,
    now: () => now,
    logger,
  });
  await sealing(new AbortController().signal);
}

async function stored() {
  return (await table.list('')).filter(({ partitionKey }) => partitionKey !== 'heads');
}

/** Writes over a row, as somebody with rights on the table can. */
async function overwrite(id: string, change: Properties): Promise<void> {
  const row = (await stored()).find(({ properties }) => properties.id === id) ?? expect.fail(`No ${id}.`);
  const { timestamp: _timestamp, ...properties } = row.properties;
  const doubles = Object.entries(properties).map(([name, value]) => [
    name,
    typeof value === 'number' ? { type: 'Double' as const, value } : value,
  ]);
  const { partitionKey, rowKey } = row;
  await table.transactRepeatable([
    { upsert: { partitionKey, rowKey, properties: { ...Object.fromEntries(doubles), ...change } } },
  ]);
}

async function remove(id: string): Promise<void> {
  const row = (await stored()).find(({ properties }) => properties.id === id) ?? expect.fail(`No ${id}.`);
  await table.transactRepeatable([{ remove: row }]);
}

/** Two processes that write at the same time, one of them several entries at once. */
async function writeSome(): Promise<void> {
  const [one, other] = [auditStore(storage), auditStore(storage)];
  await Promise.all([
    one.write([entry(1, { outcome: 'started' })]),
    one.write([entry(2, { cost: 0.000_123_4, currency: 'USD', inputTokens: 7, outputTokens: 12 })]),
    other.write([entry(3, { reason: 'ö \u2028 "quoted" \\' })]),
    one.write([entry(4), entry(5, { time: '2026-03-14T23:59:59.000Z' })]),
  ]);
  await one.write([entry(1)]);
  await other.write([entry(6, { count: 3 })]);
}

describe('a trail that several processes wrote', () => {
  it('is whole, and stays so when it is sealed', async () => {
    await writeSome();
    expect(linesOf(await verify())).toEqual([
      '7 entries of 2 writers: each is as it was written, and none is missing between them.',
      'It was never sealed: whether entries were cut off at an end of it cannot be proven.',
    ]);
    const lines: string[] = [];
    await seal(lines);
    await seal(lines);
    expect(await verify()).toMatchObject({ faults: [], rows: 7, unsealed: 0, head: { number: 1 } });
    await auditStore(storage).write([entry(7)]);
    expect(linesOf(await verify()).at(-1)).toBe(
      '1 entry came later: whether more came, and were cut off, cannot be proven.',
    );
    await seal(lines);
    expect(await verify()).toMatchObject({ faults: [], rows: 8, unsealed: 0, head: { number: 2 } });
    expect(lines).toEqual([]);
  });

  it('is read as one entry for each call, with how it ended', async () => {
    await writeSome();
    const ends: unknown[] = [];
    for await (const { id, outcome } of auditStore(storage).read({
      tenant,
      since: new Date('2026-03-14T00:00:00Z'),
      now,
    })) {
      ends.push([id, outcome]);
    }
    expect(ends).toEqual([5, 1, 2, 3, 4, 6].map((number) => [`id-${number}`, 'ok']));
    expect((await stored()).filter(({ properties }) => properties.id === 'id-1')).toHaveLength(2);
  });
});

it('the command ends with 0 while all is well, and with 1 and the entry once one was altered', async () => {
  await writeSome();
  await seal();
  const env = { DATA_STORAGE: testDataStorage(), STATE_SIGNING_KEY: secret };
  const command = () => runEntry('scripts/trail/cli.ts', ['--tenant', tenant, '--verify'], env);
  expect(await command()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^7 entries of 2 writers/),
  });
  await overwrite('id-3', { reason: 'another one' });
  expect(await command()).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      /^The trail is not as it was written\. The entry 1 of .*id id-3\) was changed/,
    ),
  });
});

it('each write is one request, and one that waits goes with others that wait', async () => {
  const audit = auditStore(storage);
  await audit.write([entry(1)]);
  expect((await countRoundTrips(() => audit.write([entry(2)]))).count).toBe(1);
  const together = await countRoundTrips(() =>
    Promise.all([3, 4, 5, 6].map((number) => audit.write([entry(number)]))),
  );
  expect(together.count).toBe(1);
});

describe('what somebody did to the table is named', () => {
  beforeEach(async () => {
    await writeSome();
    await seal();
  });

  it('an entry that was changed', async () => {
    await overwrite('id-2', { outcome: 'not_found' });
    expect(linesOf(await verify())[0]).toMatch(/The entry \d of \S+ \(.*, pay, id id-2\) was changed/);
  });

  it('an entry that was removed', async () => {
    await remove('id-2');
    expect((await verify()).faults[0]).toMatchObject({ kind: 'removed' });
  });

  it('an entry that was put on another day', async () => {
    const row = (await stored()).find(({ properties }) => properties.id === 'id-3') ?? expect.fail('No row.');
    const { timestamp: _timestamp, durationMs: _duration, position, ...texts } = row.properties;
    await remove('id-3');
    const properties = {
      ...(texts as Properties),
      durationMs: { type: 'Double', value: 3 },
      position: { type: 'Double', value: Number(position) },
    } as const;
    await table.transactRepeatable([
      { upsert: { partitionKey: '2026-03-10', rowKey: row.rowKey, properties } },
    ]);
    expect(linesOf(await verify())[0]).toContain('id id-3) was put elsewhere');
  });

  it('the last entry of a writer, when it was sealed', async () => {
    await remove('id-6');
    expect((await verify()).faults[0]).toMatchObject({ kind: 'removed', position: 2 });
  });

  it('a head that was taken away with what it sealed', async () => {
    await auditStore(storage).write([entry(7)]);
    await seal();
    await table.transactRepeatable([{ remove: { partitionKey: 'heads', rowKey: '000000001' } }]);
    expect((await verify()).faults[0]).toMatchObject({ kind: 'head' });
  });
});
