import { beforeAll, expect, test } from 'vitest';
import type { TenantId } from '#platform/identity/tenant';
import { auditStore } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { countRoundTrips } from '#platform/storage/round-trips';
import { usedNonceStore } from '#platform/storage/used-nonce-store';
import { createLogger } from '#platform/telemetry/log';
import { type CleanUp, cleanUp, recordsCleanUp } from '#shared/composition/clean-up';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { entry, now } from './retention-entries.ts';

let storage: Storage;

beforeAll(async () => {
  storage = await testStorage();
});

function keeping(tenant: TenantId, auditDays: number | undefined) {
  const lines: string[] = [];
  const audit = auditStore(storage);
  const kinds = recordsCleanUp({
    retention: { auditDays, confirmationDays: 1 },
    storage,
    audit,
    tenants: [tenant],
    now: () => now,
    logger: createLogger(
      'info',
      () => now,
      (line) => lines.push(line),
    ),
  });
  const times = async () => {
    const kept: string[] = [];
    for await (const { time } of audit.read({ tenant, since: new Date('2001-08-01T00:00:00Z'), now })) {
      kept.push(time);
    }
    return kept;
  };
  return { audit, kinds, times, lines };
}

const unhurried = () => new AbortController().signal;

test('of the trail whole days are removed, and what is younger stays', async () => {
  const tenant = freshTenant();
  const { audit, kinds, times, lines } = keeping(tenant, 30);
  const days = ['2001-08-01T00:00:00Z', '2001-10-29T23:59:59Z', '2001-10-30T00:00:00Z', now.toISOString()];
  await audit.write(days.map((day) => entry(tenant, day)));
  await kinds.audit(unhurried());
  expect(await times()).toEqual(days.slice(2));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'old audit entries removed', tenant, removed: 2, before: '2001-10-30' },
  ]);
});

test('without a decision the trail is kept for ever, and nothing of it is read', async () => {
  const tenant = freshTenant();
  const { audit, kinds, times } = keeping(tenant, undefined);
  await audit.write([entry(tenant, '2001-08-01T00:00:00Z')]);
  const { count } = await countRoundTrips(async () => kinds.audit(unhurried()));
  expect(count).toBe(0);
  expect(await times()).toHaveLength(1);
});

test('a hundred entries go in one transaction; when the time is up, the rest waits', async () => {
  const tenant = freshTenant();
  const { audit, kinds, times } = keeping(tenant, 30);
  const day = '2001-09-01T00:00:00Z';
  await audit.write(Array.from({ length: 250 }, (_, place) => entry(tenant, day, `${1_000 + place}`)));
  const first = await audit.removeBefore(tenant, '2001-10-30', AbortSignal.abort());
  expect(first).toBe(100);
  const { count } = await countRoundTrips(async () => audit.removeBefore(tenant, '2001-10-30'));
  expect(count).toBe(3); // a page, two transactions
  await kinds.audit(unhurried());
  expect(await times()).toEqual([]);
});

test('a used confirmation is forgotten after its days, and not before', async () => {
  const tenant = freshTenant();
  const { kinds } = keeping(tenant, undefined);
  const nonces = usedNonceStore(storage, tenant);
  expect(await nonces.use('ada', 'old', new Date('2001-11-27T23:00:00Z'))).toBe(true);
  expect(await nonces.use('ada', 'young', new Date('2001-11-28T00:00:00Z'))).toBe(true);
  await kinds.confirmations(unhurried());
  expect(await nonces.use('ada', 'young', now)).toBe(false);
  expect(await nonces.use('ada', 'old', now)).toBe(true);
});

test('tables that were never made are no failure', async () => {
  const { kinds } = keeping(freshTenant(), 30);
  await expect(
    Promise.all([kinds.audit(unhurried()), kinds.confirmations(unhurried())]),
  ).resolves.toBeDefined();
});

test('a kind that fails keeps no other from its turn, and is named', async () => {
  const lines: string[] = [];
  const logger = createLogger(
    'info',
    () => now,
    (line) => lines.push(line),
  );
  const done: string[] = [];
  const kinds: Record<string, CleanUp> = {
    broken: () => Promise.reject(new TypeError('secret')),
    one: async () => done.push('one'),
    other: async () => done.push('other'),
  };
  await expect(cleanUp(kinds, logger)).rejects.toThrow('secret');
  expect(done.toSorted()).toEqual(['one', 'other']);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', message: 'clean-up failed', kind: 'broken', failure: 'TypeError' },
  ]);
  expect(lines.join()).not.toContain('secret');
});

test('when the time is up nothing further is begun, and the log says so', async () => {
  const lines: string[] = [];
  const logger = createLogger(
    'info',
    () => now,
    (line) => lines.push(line),
  );
  const never = () => Promise.reject(new Error('begun'));
  await cleanUp({ never }, logger, AbortSignal.abort());
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ message: 'clean-up goes on next hour' }]);
});
