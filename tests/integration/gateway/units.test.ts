import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PolicyBundle } from '#gateway/language/bundle';
import { withDescendants } from '#gateway/language/xml';
import { mutantsOf } from './mutants.ts';
import { assertKeepsUnitsApart } from './unit-cases.ts';
import { startUnitEdge, startUnitSurroundings, type UnitSurroundings, unitPolicies } from './unit-world.ts';

let around: UnitSurroundings;
beforeAll(async () => {
  around = await startUnitSurroundings();
});
afterAll(() => around?.stop());

/** @returns whether the edge does what it has to */
async function works(policies: PolicyBundle): Promise<boolean> {
  const edge = await startUnitEdge(around, policies).catch(() => undefined);
  if (edge === undefined) {
    return false;
  }
  try {
    await assertKeepsUnitsApart(edge, around);
    return true;
  } catch {
    return false;
  } finally {
    await edge.stop();
  }
}

it('business units of one directory are kept apart at the edge', async () => {
  const edge = await startUnitEdge(around);
  await assertKeepsUnitsApart(edge, around);
  await edge.stop();
});

/** What the generator adds for units, in the policy of the one that has all of it. */
const file = 'api-contosofinance.xml';
const root = unitPolicies.documents.get(file);
const added = (root?.children.flatMap(({ children }) => children) ?? []).filter((element) =>
  withDescendants(element).some(({ text }) => text.includes('business unit')),
);

it('nothing of what does it can be taken out unnoticed', async () => {
  expect(added).toHaveLength(2);
  const lines = new Set(added.flatMap(withDescendants).map(({ position }) => position.line));
  const mutants = mutantsOf({ ...unitPolicies, documents: new Map(root && [[file, root]]) }).filter(
    ({ name }) => name.endsWith(' is gone') && lines.has(Number(name.split(/[: ]/)[1])),
  );
  expect(await works(unitPolicies)).toBe(true);
  const unnoticed: string[] = [];
  for (const { name, policies } of mutants) {
    const documents = new Map([...unitPolicies.documents, ...policies.documents]);
    if (await works({ ...unitPolicies, documents })) {
      unnoticed.push(name);
    }
  }
  expect(mutants.length).toBeGreaterThan(20);
  expect(unnoticed).toEqual([]);
}, 240_000);
