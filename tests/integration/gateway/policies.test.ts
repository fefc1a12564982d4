import { afterAll, beforeAll, expect, it } from 'vitest';
import { cases } from './cases.ts';
import {
  type EdgeUnderTest,
  type Surroundings,
  startSurroundings,
  startVariant,
  type Variant,
} from './world.ts';

let surroundings: Surroundings;
const edges = new Map<Variant, EdgeUnderTest>();

beforeAll(async () => {
  surroundings = await startSurroundings();
  for (const variant of new Set(cases.map((one) => one.variant))) {
    edges.set(variant, await startVariant(surroundings, variant));
  }
});

afterAll(async () => {
  await Promise.all([...edges.values()].map((edge) => edge.stop()));
  await surroundings.stop();
});

it.each(cases)('$name', async ({ run, variant }) => {
  const edge = edges.get(variant);
  if (edge === undefined) {
    throw new Error(`There is no gateway ${variant}.`);
  }
  await run(edge, surroundings);
});

it('has cases for every tenant', () => {
  expect(cases.length).toBeGreaterThan(300);
});
