import { beforeEach, expect, test } from 'vitest';
import { type MemoryStorage, memoryStorage } from '#bench/growth/memory/storage';
import type { AuditEntry } from '#platform/access/audit';
import { tenantId } from '#platform/identity/tenant';
import { auditStore } from '#platform/storage/audit-store';
import { anAuditEntry } from '../../support/audit-entry.ts';

const tenant = tenantId('paged');
const since = '2026-03-01T00:00:00.000Z';
const before = '2026-03-15T23:00:00.000Z';

let storage: MemoryStorage;

beforeEach(() => {
  storage = memoryStorage();
});

async function write(entries: readonly AuditEntry[]): Promise<void> {
  // a writer of its own for each, as of several instances, so that they are in several partitions
  for (const entry of entries) {
    await auditStore(storage).write([entry]);
  }
}

function entry(number: number, time: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return anAuditEntry(number, { time, tenant, ...more });
}

/** Ids of all pages, and of each page by itself. */
async function pages(limit: number, matches: (entry: AuditEntry) => boolean = () => true) {
  const read: string[][] = [];
  for (let place: string | undefined = before; place !== undefined; ) {
    const page = await auditStore(storage).page(tenant, { since, before: place, limit, matches });
    read.push(page.entries.map(({ id }) => id));
    place = page.next;
    expect(read.length).toBeLessThan(50);
  }
  return read;
}

test('a trail that is not there yet has no entries', async () => {
  expect((await pages(10)).flat()).toEqual([]);
});

test('pages have each entry once, the newest first, over days and within one moment', async () => {
  const moment = '2026-03-15T22:59:59.999Z';
  const entries = [
    entry(0, since),
    entry(1, '2026-03-02T23:59:59.999Z'),
    entry(2, '2026-03-03T00:00:00.000Z'),
    entry(3, '2026-03-15T12:00:00.000Z', { outcome: 'started' }),
    ...[4, 5, 6, 7].map((number) => entry(number, moment)),
  ];
  await write([
    ...entries,
    entry(8, '2026-02-28T23:59:59.999Z'),
    entry(9, before),
    // how it ended stands beside its beginning
    { ...entry(3, '2026-03-15T12:00:00.000Z'), outcome: 'conflict' },
  ]);
  const ordered = entries
    .toSorted((one, other) => (`${one.time}${one.id}` < `${other.time}${other.id}` ? 1 : -1))
    .map(({ id }) => id);
  expect((await pages(100)).flat()).toEqual(ordered);
  const few = await pages(3);
  expect(few.flat()).toEqual(ordered);
  expect(Math.max(...few.map(({ length }) => length))).toBe(3);
  const failed = await pages(3, ({ outcome }) => outcome === 'conflict');
  expect(failed.flat()).toEqual([entries[3]?.id]);
});

test('of a crowded trail a page reads a few thousand rows, and the next ones the others', async () => {
  const crowd = Array.from({ length: 6_500 }, (_, number) =>
    entry(number, new Date(Date.parse('2026-03-15T22:00:00.000Z') + number * 100).toISOString()),
  );
  await auditStore(storage).write(crowd);
  let looked = 0;
  const query = { since, before, limit: 10, matches: () => ++looked < 0 };
  const page = await auditStore(storage).page(tenant, query);
  expect(page.entries).toEqual([]);
  expect(page.next).toBeDefined();
  expect(looked).toBeGreaterThan(1_000);
  expect(looked).toBeLessThan(6_400);
  const all = await pages(10, ({ id }) => id === crowd[0]?.id);
  expect(all.flat()).toEqual([crowd[0]?.id]);
});
