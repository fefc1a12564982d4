import { beforeAll, expect, it, test } from 'vitest';
import { readBudgets } from '../../../bench/measures/budgets.ts';
import { measureRoundTrips, type RoundTrips } from '../../../bench/measures/round-trips.ts';
import { generate } from '../../../seed/generate/generate.ts';
import { bulkWrite } from '../../../shared/storage/bulk.ts';
import { businessTools } from '../../../shared/tools/index.ts';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';

const { roundTrips: budget } = await readBudgets();
let measured: RoundTrips;

beforeAll(async () => {
  const tenant = freshTenant();
  const data = generate({ asOf: '2026-01-15', seed: 42, tenant });
  await bulkWrite(await testStorage(), tenant, data);
  measured = await measureRoundTrips({ dataStorage: testDataStorage(), tenant }, data);
});

it.each(businessTools)('$name asks storage as often as its budget says', ({ name }) => {
  // Exactly: a budget with room to spare would hide the next request that creeps in.
  expect(measured[name]).toBe(budget[name]);
});

test('there is no budget for a tool that is gone', () => {
  expect(Object.keys(budget).sort()).toEqual(businessTools.map(({ name }) => name).sort());
});
