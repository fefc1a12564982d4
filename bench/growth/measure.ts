import { businessTools } from '#contoso/tools/index';
import { countRoundTrips } from '#platform/storage/round-trips';
import { exampleCalls } from '../../seed/examples/calls.ts';
import { generate } from '../../seed/generate/generate.ts';
import { asOf, seedNumber, tenant } from '../subjects/memory-call.ts';
import type { MemoryStorage } from './memory/storage.ts';
import type { Grown, Growth } from './report.ts';
import { grownTenant, searches } from './tenant.ts';
import { listings } from './trail.ts';

/** Counts what every tool, list and search asks of storage with as many customers, on a process that has served calls before. */
export async function measureGrowth(
  sizes: readonly number[],
  progress: (what: string) => void,
): Promise<Grown> {
  const byCustomers = new Map<string, Growth>();
  const byEntries = new Map<string, Growth>();
  for (const size of sizes) {
    progress(`counting with ${size.toLocaleString('en-US')}`);
    await countCustomers(size, byCustomers);
    for (const { what, prepare } of listings) {
      const { storage, read } = await prepare(size);
      await count(byEntries, what, storage, read);
    }
  }
  return { sizes, byCustomers: [...byCustomers.values()], byEntries: [...byEntries.values()] };
}

async function countCustomers(size: number, into: Map<string, Growth>): Promise<void> {
  const data = generate({ asOf, seed: seedNumber, tenant });
  const { storage, store, call } = await grownTenant(data, size);
  await store.warm();
  const run = async (name: string, args: Readonly<Record<string, unknown>>) => {
    const tool = businessTools.find((one) => one.name === name);
    await tool?.handler(tool.input.parse(args), call);
  };
  for (const { tool, arguments: args } of exampleCalls(businessTools, data, 0)) {
    await run(tool, args);
  }
  for (const { tool, arguments: args } of exampleCalls(businessTools, data, 1)) {
    await count(into, tool, storage, () => run(tool, args));
  }
  const { customers, cursor } = await store.directory.page({ limit: 200 });
  await count(into, 'the page after 200 customers', storage, () =>
    store.directory.page({ limit: 200, cursor: customers.length < 200 ? undefined : cursor }),
  );
  await store.directory.page({ search: 'nobody at all', limit: 1 });
  await store.directory.page({ search: 'plan: 1', limit: 1 });
  for (const [by, search] of Object.entries(searches)) {
    await count(into, `search by ${by}`, storage, () => store.directory.page({ search, limit: 50 }));
  }
}

async function count(
  into: Map<string, Growth>,
  what: string,
  storage: MemoryStorage,
  work: () => Promise<unknown>,
): Promise<void> {
  const growth = into.get(what) ?? { what, roundTrips: [], rowsRead: [] };
  into.set(what, growth);
  storage.use.rowsRead = 0;
  const { count: roundTrips } = await countRoundTrips(work);
  growth.roundTrips.push(roundTrips);
  growth.rowsRead.push(storage.use.rowsRead);
}
