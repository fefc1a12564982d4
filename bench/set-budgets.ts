import { writeFile } from 'node:fs/promises';
import { roles } from '#contoso/access/roles';
import { businessTools } from '#contoso/tools/index';
import { tenantId } from '#platform/identity/tenant';
import { openStorage } from '#platform/storage/connect';
import { startAzurite } from '../emulators/stack/azurite.ts';
import { exampleData } from '../seed/examples/data.ts';
import { bulkWrite } from '../seed/writing/bulk.ts';
import { type Budgets, mostRoom, readBudgets } from './measures/budgets.ts';
import { callCosts } from './measures/call-costs.ts';
import { measureRoundTrips, type RoundTrips } from './measures/round-trips.ts';
import { type ListCost, measureListCosts } from './measures/tokens.ts';
import { budgetsPath } from './paths.ts';

/** Measures, and writes every budget that no longer fits. */
export async function setBudgets(): Promise<void> {
  const azurite = await startAzurite({ port: 0 });
  try {
    const budgets = await readBudgets();
    const stored = { dataStorage: azurite.connectionString, tenant: tenantId('measured') };
    const data = exampleData(stored.tenant);
    await bulkWrite(await openStorage(stored), stored.tenant, data);
    const roundTrips = inOrder(await measureRoundTrips(stored, data));
    await write({
      roundTrips,
      calls: callCosts(roundTrips),
      lists: fitting(budgets.lists, await measureListCosts(stored)),
    });
  } finally {
    await azurite.stop();
  }
}

function inOrder(measured: RoundTrips): Budgets['roundTrips'] {
  return Object.fromEntries(
    businessTools.map(({ name }) => {
      const count = measured[name];
      if (count === undefined) {
        throw new Error(`${name} has no example call: add one to its definition.`);
      }
      return [name, count];
    }),
  );
}

function fitting(
  budgets: Budgets['lists'],
  costs: Awaited<ReturnType<typeof measureListCosts>>,
): Budgets['lists'] {
  const fitted = (budget: number | undefined, cost: number) =>
    // Half of the room, so that the next small change fits.
    budget !== undefined && budget >= cost && budget <= cost * (1 + mostRoom)
      ? budget
      : Math.floor(cost * (1 + mostRoom / 2));
  const ofRole = (budget: { tokens: number; bytes: number } | undefined, { tokens, bytes }: ListCost) => ({
    tokens: fitted(budget?.tokens, tokens),
    bytes: fitted(budget?.bytes, bytes),
  });
  return Object.fromEntries(
    Object.entries(costs).map(([endpoint, byRole]) => [
      endpoint,
      Object.fromEntries(
        roles.map((role) => [role, ofRole(budgets[endpoint]?.[role], byRole[role])]),
      ) as Budgets['lists'][string],
    ]),
  );
}

/** One line for each tool and each list, so that a change is seen at a glance. */
async function write(budgets: Budgets): Promise<void> {
  const text = JSON.stringify(budgets, null, 2).replace(/\{[^{}]{1,80}\}/g, (line) =>
    /^\{\s+"(?:tokens|operations)"/.test(line) ? line.replaceAll(/\s+/g, ' ') : line,
  );
  await writeFile(budgetsPath, `${text}\n`);
}
