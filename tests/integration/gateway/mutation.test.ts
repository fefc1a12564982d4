import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBundle } from '../../../apim-policies/language/bundle.ts';
import { policiesFolder } from '../../../apim-policies/registry.ts';
import { mutantsOf } from './mutants.ts';
import { firstFailure } from './run-cases.ts';
import { type Surroundings, startSurroundings } from './world.ts';

/** `npm run mutate:policies` takes every element out; here it is every fifteenth, which takes seconds. */
const step = 15;

let surroundings: Surroundings;

beforeAll(async () => {
  surroundings = await startSurroundings();
});

afterAll(() => surroundings.stop());

const bundle = readBundle(policiesFolder);
const sample = mutantsOf(bundle).filter((_, index) => index % step === 0);

it('finds nothing wrong with the policies as they are', async () => {
  expect(await firstFailure(surroundings, bundle)).toBeUndefined();
});

it.each(sample)('notices that $name is gone', async ({ policies }) => {
  expect(await firstFailure(surroundings, policies)).toBeDefined();
});
