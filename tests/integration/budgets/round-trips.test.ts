import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it, test } from 'vitest';
import { readBudgets } from '#bench/measures/budgets';
import { callCosts, instanceMemory } from '#bench/measures/call-costs';
import { measureRoundTrips, type RoundTrips } from '#bench/measures/round-trips';
import { businessTools } from '#contoso/tools/index';
import { exampleData } from '#seed/examples/data';
import { bulkWrite } from '#seed/writing/bulk';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';

const { roundTrips: budget, calls } = await readBudgets();
let measured: RoundTrips;

beforeAll(async () => {
  const tenant = freshTenant();
  const data = exampleData(tenant);
  await bulkWrite(await testStorage(), tenant, data);
  measured = await measureRoundTrips({ dataStorage: testDataStorage(), tenant }, data);
});

const refresh = 'when the change is meant, write the budgets anew: npm run budgets';

it.each(businessTools)('$name asks storage as often as its budget says', ({ name }) => {
  // Exactly: a budget with room to spare would hide the next request that creeps in.
  expect(measured[name], refresh).toBe(budget[name]);
});

test('there is no budget for a tool that is gone', () => {
  expect(Object.keys(budget).sort()).toEqual(businessTools.map(({ name }) => name).sort());
});

it.each(businessTools)('a call of $name is billed what its budget says', ({ name }) => {
  expect(callCosts(measured)[name], refresh).toEqual(calls[name]);
});

test('there is no bill for a tool that is gone', () => {
  expect(Object.keys(calls).sort()).toEqual(Object.keys(budget).sort());
});

test('an instance is as large as the infrastructure makes it', async () => {
  const parameters = await readFile(new URL('../../../infra/main.bicepparam', import.meta.url), 'utf8');
  expect(parameters).toContain(`'MEMORY_MB', '${instanceMemory}'`);
});
