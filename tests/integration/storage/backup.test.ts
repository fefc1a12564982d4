import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { dataTables } from '#contoso/stores/tables';
import type { TenantId } from '#platform/identity/tenant';
import { auditHeadStore } from '#platform/storage/audit-head-store';
import { auditStore } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { idAllocator, raiseCounter } from '#platform/storage/counters';
import type { StoredRow, Table } from '#platform/storage/table';
import { ensureTables, tableName } from '#platform/storage/tables';
import { usedNonceStore } from '#platform/storage/used-nonce-store';
import { createLogger } from '#platform/telemetry/log';
import { auditRows, lastHeadOf } from '#scripts/backup/audit-rows';
import { backup } from '#scripts/backup/backup';
import { type Manifest, readManifest } from '#scripts/backup/manifest';
import { restore } from '#scripts/backup/restore';
import { bulkWrite } from '#seed/writing/bulk';
import { trailSealing } from '#shared/composition/seal-trail';
import { anAuditEntry } from '../../support/audit-entry.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const now = () => new Date('2026-03-15T12:00:00.000Z');
const origin = { asOf: '2026-03-15', seed: 1, digest: 'of the small company', loadedAt: now().toISOString() };

let storage: Storage;
let tenant: TenantId;
beforeAll(async () => {
  storage = await testStorage();
  tenant = freshTenant();
  await bulkWrite(storage, tenant, smallDataset, undefined, origin);
  await ensureTables(storage, tenant, ['Audit', 'Jobs', 'Relay']);
  const nonces = usedNonceStore(storage, tenant);
  await nonces.use('somebody', 'a code that was used', new Date('2026-03-16T00:00:00.000Z'));
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'backup-'));
});
afterEach(() => rm(dir, { recursive: true }));

const table = (of: TenantId, name: string): Table => storage.table(tableName(of, name));

async function taken(of = tenant, to = dir): Promise<Manifest> {
  return await backup({ storage, tenant: of, dir: to, now });
}

const restored = async (into: TenantId, manifest: Manifest, replace = false) =>
  await restore({ storage, tenant: into, dir, manifest, replace });

/** The days of a trail, without its heads. */
const pagesBefore = (trail: Table, options: Parameters<Table['pages']>[0]) =>
  trail.pages({ ...options, filter: "PartitionKey lt 'heads'" });

const contentsOf = ({ tables }: Manifest) =>
  Object.fromEntries(Object.entries(tables).filter(([name]) => name !== 'Counters'));

describe('a back-up', () => {
  it('has every table of the tenant but those of work under way, and of no other tenant', async () => {
    await bulkWrite(storage, `${tenant}x` as TenantId, smallDataset);
    const { tables } = await taken();
    expect(Object.keys(tables).sort()).toEqual([...dataTables, 'Audit', 'Confirmations'].sort());
    expect(Object.keys(tables).at(-1)).toBe('Meta');
    expect(tables.Accounts?.rows).toBeGreaterThan(20);
  });

  it('has no head of the audit trail that names an entry which it lacks', async () => {
    const of = freshTenant();
    const audit = auditStore(storage);
    const write = (number: number, at: string) =>
      audit.write([anAuditEntry(number, { time: `2026-03-15T${at}:00.000Z`, tenant: of })]);
    const seal = trailSealing({
      audit,
      heads: auditHeadStore(storage),
      tenants: [of],
      secret: 'a secret of the tests that is longer than 32 bytes',
      now,
      logger: createLogger('info', now, () => undefined),
    });
    await write(1, '10:00');
    await seal(new AbortController().signal);
    // meanwhile the day is read, and before the heads are another entry comes and is sealed
    const whole = table(of, 'Audit');
    const meanwhile = {
      async *pages(options: Parameters<Table['pages']>[0]) {
        yield* pagesBefore(whole, options);
        await write(2, '11:00');
        await seal(new AbortController().signal);
        yield* whole.pages({ filter: "PartitionKey eq 'heads'" });
      },
    };
    const lastHead = await lastHeadOf(whole);
    const read: StoredRow[] = [];
    for await (const rows of auditRows(meanwhile, '', lastHead)) {
      read.push(...rows);
    }
    expect(read.map(({ partitionKey }) => partitionKey.slice(0, 10))).toEqual(['2026-03-15', 'heads']);
  });

  it('is for its owner alone to read', async () => {
    await taken();
    for (const name of await readdir(dir)) {
      expect((await stat(path.join(dir, name))).mode & 0o077, name).toBe(0);
    }
  });

  it('goes on where it was cut off, and is the same then', async () => {
    const whole = await taken();
    const other = path.join(dir, 'other');
    const cut = new Error('the plug was pulled');
    const interrupted = backup({
      storage,
      tenant,
      dir: other,
      now,
      onRows: (name, rows) => {
        if (name === 'Catalog' && rows > 0) {
          throw cut;
        }
      },
    });
    await expect(interrupted).rejects.toBe(cut);
    expect((await readManifest(other))?.finishedAt).toBeUndefined();
    const half = path.join(other, 'Catalog.jsonl');
    await truncate(half, (await stat(half)).size - 5);
    expect(contentsOf(await taken(tenant, other))).toEqual(contentsOf(whole));
    await expect(taken(tenant, other)).rejects.toThrow(/was finished at .*; name another folder/);
  });

  it('is not gone on with for another tenant', async () => {
    await taken();
    await expect(taken(freshTenant())).rejects.toThrow(/has a back-up of .*; name another folder/);
  });
});

describe('a restore', () => {
  it('makes the same data, row by row, and a service that answers the same', async () => {
    const manifest = await taken();
    const drill = freshTenant();
    const tables = await restored(drill, manifest);
    expect(tables.filter(({ isSame }) => !isSame)).toEqual([]);
    const again = path.join(dir, 'again');
    expect(contentsOf(await taken(drill, again))).toEqual(contentsOf(manifest));
    const recordsOf = async (of: TenantId) => {
      const { profile, invoice, payment } = await openTenantStore(storage, of, now).accounts.load(1, [
        'profile',
        'invoice',
        'payment',
      ]);
      return [...profile, ...invoice, ...payment].map(({ value }) => value);
    };
    expect(await recordsOf(drill)).toEqual(await recordsOf(tenant));
    expect((await recordsOf(drill)).length).toBeGreaterThan(5);
    await expect(
      usedNonceStore(storage, drill).use(
        'somebody',
        'a code that was used',
        new Date('2026-03-16T00:00:00.000Z'),
      ),
    ).resolves.toBe(false);
  });

  it('writes nothing when a file was changed', async () => {
    const manifest = await taken();
    await appendFile(path.join(dir, 'Accounts.jsonl'), '["x","y",{}]\n');
    const drill = freshTenant();
    await expect(restored(drill, manifest)).rejects.toThrow(/Accounts\.jsonl was changed/);
    expect(await storage.tableNames()).not.toContain(tableName(drill, 'Accounts'));
  });

  it('does not take the place of data unless it is told to', async () => {
    const manifest = await taken();
    const drill = freshTenant();
    await restored(drill, manifest);
    await expect(restored(drill, manifest)).rejects.toThrow(/has data in the table .*--replace/);
  });

  it('takes the place of data: what came later is gone, what was used and given stays so', async () => {
    const manifest = await taken();
    const drill = freshTenant();
    await restored(drill, manifest);
    const later = (name: string) => ({
      insert: { partitionKey: 'later', rowKey: 'later', properties: { name } },
    });
    for (const name of ['Accounts', 'Catalog', 'Audit', 'Confirmations']) {
      await table(drill, name).transact([later(name)]);
    }
    await raiseCounter(table(drill, 'Counters'), 'ticket', 9_000);
    await restored(drill, manifest, true);
    const isThere = async (name: string) => (await table(drill, name).get('later', 'later')) !== undefined;
    expect(await isThere('Accounts')).toBe(false);
    expect(await isThere('Catalog')).toBe(false);
    expect(await isThere('Audit')).toBe(true);
    expect(await isThere('Confirmations')).toBe(true);
    expect(await idAllocator(table(drill, 'Counters'), 'ticket').next()).toBeGreaterThan(9_000);
  });

  it('of half a back-up is refused', async () => {
    const { finishedAt, ...half } = await taken();
    expect(finishedAt).toBeDefined();
    await expect(restored(freshTenant(), half)).rejects.toThrow(/not finished: run npm run backup/);
  });
});

it('the lines hold every kind of value that the tables have', async () => {
  await taken();
  const lines = (
    await Promise.all(dataTables.map((name) => readFile(path.join(dir, `${name}.jsonl`), 'utf8')))
  )
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as readonly [string, string, Record<string, unknown>]);
  const kinds = new Set(lines.flatMap(([, , values]) => Object.values(values).map((value) => typeof value)));
  expect(kinds).toEqual(new Set(['string', 'number', 'boolean', 'object']));
});
