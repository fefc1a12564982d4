import { beforeEach, expect, test } from 'vitest';
import { idAllocator, raiseCounter } from '#platform/storage/counters';
import { countRoundTrips } from '#platform/storage/round-trips';
import type { Table } from '#platform/storage/table';
import { tableName } from '#platform/storage/tables';
import { freshTenant, testStorage } from '../../support/azurite.ts';

let counters: Table;

beforeEach(async () => {
  counters = (await testStorage()).table(tableName(freshTenant(), 'Counters'));
  await counters.ensure();
});

test('ids start at 1 and go up by one', async () => {
  const ids = idAllocator(counters, 'ticket');
  expect([await ids.next(), await ids.next(), await ids.next()]).toEqual([1, 2, 3]);
});

test('eight instances that take five hundred ids each never share one', async () => {
  const instances = Array.from({ length: 8 }, () => idAllocator(counters, 'payment'));
  const takeMany = async ({ next }: { next: () => Promise<number> }) => {
    const taken: number[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      taken.push(...(await Promise.all(Array.from({ length: 10 }, next))));
    }
    return taken;
  };
  const taken = (await Promise.all(instances.map(takeMany))).flat();
  expect(new Set(taken).size).toBe(8 * 500);
});

test('kinds are counted apart', async () => {
  const payments = idAllocator(counters, 'payment');
  const tickets = idAllocator(counters, 'ticket');
  expect([await payments.next(), await tickets.next()]).toEqual([1, 1]);
});

test('callers who wait for the same block share one reservation', async () => {
  const ids = idAllocator(counters, 'payment');
  const { result, count } = await countRoundTrips(() => Promise.all([ids.next(), ids.next(), ids.next()]));
  expect(result).toEqual([1, 2, 3]);
  expect(count).toBe(2);
});

test('a block is replaced before it is used up, at nobody’s cost', async () => {
  const ids = idAllocator(counters, 'payment', 4);
  await ids.reserve();
  const half = await countRoundTrips(async () => [await ids.next(), await ids.next()]);
  expect(half).toEqual({ result: [1, 2], count: 0 });
  const reserved = async () => (await counters.get('counter', 'payment'))?.properties;
  await expect.poll(reserved).toMatchObject({ next: 9n });
});

test('a raised counter goes on above the highest id, and never goes back', async () => {
  await raiseCounter(counters, 'payment', 2_849);
  await raiseCounter(counters, 'payment', 10);
  expect(await idAllocator(counters, 'payment').next()).toBe(2_850);
});

test('a failed reservation reaches the caller and the next one tries again', async () => {
  const missing = (await testStorage()).table(tableName(freshTenant(), 'Counters'));
  const ids = idAllocator(missing, 'payment');
  await expect(ids.next()).rejects.toThrow('not loaded yet');
  await missing.ensure();
  expect(await ids.next()).toBe(1);
});
