import { tenantId } from '#platform/identity/tenant';
import { jobStore, ownerOf } from '#platform/jobs/job-store';
import { auditPartition } from '#platform/storage/audit-rows';
import { auditStore } from '#platform/storage/audit-store';
import { tableName } from '#platform/storage/tables';
import { memoryCall } from '../subjects/memory-call.ts';
import { type MemoryStorage, memoryStorage } from './memory/storage.ts';

const tenant = tenantId('trail');
const day = '2026-01-15';
const hour = 3_600_000;
const midnight = Date.parse(`${day}T00:00:00Z`);

/** A way to read the trail, or jobs, among many. */
export interface Listing {
  readonly what: string;
  /** Fills a store, and says what is then read. */
  prepare(count: number): Promise<{ readonly storage: MemoryStorage; read(): Promise<unknown> }>;
}

/** One day's entries, spread evenly over the hours and over the partitions of its writers. */
function trailOf(entries: number): MemoryStorage {
  const storage = memoryStorage();
  const keys = new Map<string, string[]>();
  for (let number = 0; number < entries; number += 1) {
    const time = new Date(midnight + Math.floor((number * 24 * hour) / entries)).toISOString();
    const shard = String.fromCharCode(65 + (number % 26));
    const partition = auditPartition(day, shard);
    const ofPartition = keys.get(partition) ?? [];
    ofPartition.push(`${time}:${String(number).padStart(9, '0')}:${shard}:${number}`);
    keys.set(partition, ofPartition);
  }
  const table = storage.client(tableName(tenant, 'Audit'));
  for (const [partition, rowKeys] of keys) {
    table.partition(partition).fill(rowKeys, (key) => ({ time: key.slice(0, 24), id: key.slice(25, 34) }));
  }
  return storage;
}

async function lastHours(storage: MemoryStorage, hours: number): Promise<void> {
  const now = new Date(midnight + 24 * hour - 1);
  const since = new Date(now.getTime() - hours * hour);
  for await (const _entry of auditStore(storage).read({ tenant, since, now })) {
    // what is read is counted in the store
  }
}

const trail = (what: string, hours: number): Listing => ({
  what,
  prepare: async (count) => {
    const storage = trailOf(count);
    return { storage, read: () => lastHours(storage, hours) };
  },
});

/** Five jobs of one user, among the jobs of others, who are in partitions of their own. */
const jobs: Listing = {
  what: 'the jobs of a user who has five',
  async prepare() {
    const { principal, now } = await memoryCall();
    const storage = memoryStorage();
    storage.client(tableName(tenant, 'Jobs')).isPart = true;
    const store = jobStore(storage, tenant);
    const owner = ownerOf(principal);
    const time = now().toISOString();
    for (let slot = 0; slot < 5; slot += 1) {
      await store.insert(owner, `job-${slot}`, {
        kind: 'diagnosis',
        status: 'working',
        progress: 0,
        message: '',
        createdAt: time,
        updatedAt: time,
        expiresAt: time,
        slot,
        request: {},
        result: null,
        key: null,
      });
    }
    return { storage, read: () => store.list(owner) };
  },
};

export const listings: readonly Listing[] = [
  trail('the trail of a tenant, the last minute of a day', 1 / 60),
  trail('the trail of a tenant, the last hour of a day', 1),
  jobs,
];
