import { beforeEach, expect, test } from 'vitest';
import { type MemoryStorage, memoryStorage } from '#bench/growth/memory/storage';
import type { AuditEntry } from '#platform/access/audit';
import { Shard } from '#platform/access/audit-chain';
import { proofOf } from '#platform/access/audit-proof';
import { tenantId } from '#platform/identity/tenant';
import { type AuditRow, auditPartition, rowOf } from '#platform/storage/audit-rows';
import { auditStore } from '#platform/storage/audit-store';
import { tableName } from '#platform/storage/tables';
import { anAuditEntry } from '../../support/audit-entry.ts';

const tenant = tenantId('spread');
const day = '2026-03-15';
const now = new Date(`${day}T23:00:00.000Z`);

let storage: MemoryStorage;

beforeEach(() => {
  storage = memoryStorage();
});

function entry(minute: number, more: Partial<AuditEntry> = {}): AuditEntry {
  const time = `${day}T12:${String(minute).padStart(2, '0')}:00.000Z`;
  return anAuditEntry(minute, { time, tenant, ...more });
}

const partitionKeys = () => [...storage.client(tableName(tenant, 'Audit')).partitions.keys()];

async function read(): Promise<AuditEntry[]> {
  const since = new Date(`${day}T00:00:00.000Z`);
  const entries: AuditEntry[] = [];
  for await (const one of auditStore(storage).read({ tenant, since, now })) {
    entries.push(one);
  }
  return entries;
}

async function rows(): Promise<AuditRow[]> {
  const all: AuditRow[] = [];
  for await (const row of auditStore(storage).rows(tenant)) {
    all.push(row);
  }
  return all;
}

/** Writes entries as they were written when a day was one partition. */
async function writeAsBefore(entries: readonly AuditEntry[]): Promise<void> {
  const shard = new Shard(tenant);
  const table = storage.table(tableName(tenant, 'Audit'));
  await table.upsertAll(entries.map((one) => ({ ...rowOf(shard.chained(one)), partitionKey: day })));
}

test('the names that writers can have are spread evenly over sixteen partitions', () => {
  const first = Array.from({ length: 64 }, (_, value) =>
    Buffer.from([value << 2, 0, 0]).toString('base64url'),
  );
  const counts = new Map<string, number>();
  for (const name of first) {
    const key = auditPartition(day, name);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  expect(new Set(counts.values())).toEqual(new Set([4]));
});

test('each writer keeps to one partition of a day, and many writers use many', async () => {
  for (let writer = 0; writer < 60; writer += 1) {
    const before = new Set(partitionKeys());
    await auditStore(storage).write([entry(writer % 60), entry((writer + 1) % 60)]);
    expect(partitionKeys().filter((key) => !before.has(key)).length).toBeLessThanOrEqual(1);
  }
  expect(partitionKeys().length).toBeGreaterThan(1);
  expect(partitionKeys().every((key) => /^2026-03-15:[0-9a-f]$/.test(key))).toBe(true);
});

test('entries of several writers are read in the order of time, each once, with those written before', async () => {
  await writeAsBefore([entry(1, { outcome: 'started' }), entry(1), entry(6)]);
  const [one, other] = [auditStore(storage), auditStore(storage)];
  await one.write([entry(2, { outcome: 'started' }), entry(7)]);
  await other.write([entry(2), entry(4)]);
  await one.write([entry(3)]);
  const entries = await read();
  expect(entries.map(({ time }) => time.slice(14, 16))).toEqual(['01', '02', '03', '04', '06', '07']);
  expect(entries.every(({ outcome }) => outcome !== 'started')).toBe(true);
});

test('both layouts are proven', async () => {
  await writeAsBefore([entry(1), entry(2)]);
  await auditStore(storage).write([entry(3), entry(4)]);
  const { faults, shards } = proofOf(await rows(), { tenant, heads: [] });
  expect(faults).toEqual([]);
  expect([...shards.values()].map(([position]) => position)).toEqual([2, 2]);
});

test('with a day all of its partitions go, in both layouts', async () => {
  await writeAsBefore([entry(1)]);
  for (let writer = 0; writer < 8; writer += 1) {
    await auditStore(storage).write([entry(writer + 2), entry(1, { time: '2026-03-16T00:00:00.000Z' })]);
  }
  const audit = auditStore(storage);
  expect(await audit.removeBefore(tenant, day)).toBe(0);
  expect(await audit.removeBefore(tenant, '2026-03-16')).toBe(9);
  expect((await rows()).map(({ entry: { time } }) => time.slice(0, 10))).toEqual(
    Array.from({ length: 8 }, () => '2026-03-16'),
  );
});
