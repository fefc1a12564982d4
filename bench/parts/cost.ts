import { roles } from '#contoso/access/roles';
import { businessTools } from '#contoso/tools/index';
import { openStorage } from '#platform/storage/connect';
import { startAzurite } from '../../emulators/stack/azurite.ts';
import { generate } from '../../seed/generate/generate.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { callCosts, instanceMemory, leastActivity } from '../measures/call-costs.ts';
import { measureRoundTrips, type RoundTrips } from '../measures/round-trips.ts';
import { type ListCosts, measureListCosts } from '../measures/tokens.ts';
import type { BenchOptions } from '../options.ts';
import type { Part, Table } from '../report/results.ts';
import { asOf, seedNumber, tenant } from '../subjects/memory-call.ts';

/** What a call costs in requests to storage, and what a tool list costs in tokens. Counted, not timed. */
export async function measureCost({ progress }: BenchOptions): Promise<Part> {
  progress('counting round trips and tokens');
  const azurite = await startAzurite({ port: 0 });
  try {
    const storage = { dataStorage: azurite.connectionString, tenant };
    const data = generate({ asOf, seed: seedNumber, tenant });
    await bulkWrite(await openStorage(storage), tenant, data);
    const roundTrips = await measureRoundTrips(storage, data);
    const lists = await measureListCosts(storage);
    return {
      title: 'Storage round trips and tokens',
      notes: [
        'Counts, the same on every machine; `bench/budgets.json` holds them, and a test fails when one grows.',
        'Round trips are those of a whole call on a process that has served calls before, id and catalog caches included. A tool that changes something waits for two audit entries, one before and one after; the entries of other calls are written in batches afterwards, 250 ms after the first of them or when those of a tenant fill a transaction.',
        `What a call is billed at most, is what it costs when nobody else calls: a whole second of an instance of ${instanceMemory.toLocaleString('en-US')} MiB, which is the least that Flex Consumption bills on demand (${leastActivity.toLocaleString('en-US')} ms), and a batch of the trail for its one entry. On a busy instance calls share both; the seconds are then those of the table of CPU time, by and large.`,
        'Tokens are those of names, descriptions and input schemas, which clients put before a model; bytes are of the whole list. Tokens are estimated at 4.4 bytes each, as o200k_base counts these definitions.',
      ],
      tables: [roundTripsTable(roundTrips), billTable(roundTrips), perMillion(roundTrips), listsTable(lists)],
      aims: [],
    };
  } finally {
    await azurite.stop();
  }
}

function roundTripsTable(roundTrips: RoundTrips): Table {
  return {
    caption: 'Round trips to Table Storage per call',
    columns: ['tool', 'round trips'],
    rows: Object.entries(roundTrips),
  };
}

/** In the units of the price list, for which prices differ by region and day. */
function billTable(roundTrips: RoundTrips): Table {
  return {
    caption: 'What a million calls of a tool are billed at most',
    columns: ['tool', 'executions', 'storage transactions', 'GB-s'],
    rows: Object.entries(callCosts(roundTrips)).map(([tool, { executions, operations, gbSeconds }]) => [
      tool,
      executions * million,
      operations * million,
      gbSeconds * million,
    ]),
  };
}

const million = 1_000_000;

/** The quantities that the cost model needs. */
function perMillion(roundTrips: RoundTrips): Table {
  const mean = (reads: boolean) => {
    const counts = businessTools
      .filter(({ annotations }) => annotations.readOnlyHint === reads)
      .map(({ name }) => roundTrips[name] ?? 0);
    return counts.reduce((sum, count) => sum + count, 0) / counts.length;
  };
  const row = (what: string, transactions: number, audit: string) => [
    what,
    million,
    million * transactions,
    audit,
  ];
  return {
    caption: 'What a million calls consist of',
    columns: ['', 'executions', 'table transactions', 'audit batches on top'],
    rows: [
      row('tools/list', 0, 'none'),
      row('calls that only read, every tool as often', mean(true), 'at most 1,000,000'),
      row('calls that change something, every tool as often', mean(false), 'none'),
    ],
  };
}

function listsTable(lists: ListCosts): Table {
  return {
    caption: 'Cost of tools/list',
    columns: ['endpoint', 'role', 'tools', 'tokens', 'bytes'],
    rows: Object.entries(lists).flatMap(([endpoint, byRole]) =>
      roles.map((role) => [endpoint, role, byRole[role].tools, byRole[role].tokens, byRole[role].bytes]),
    ),
  };
}
