import { parseArgs } from 'node:util';
import { readBundle } from '#gateway/language/bundle';
import { policiesFolder } from '#gateway/registry';
import { mutantsOf } from './mutants.ts';
import { firstFailure } from './run-cases.ts';
import { startSurroundings } from './world.ts';

/**
 * Takes every element out of the policies, one at a time, and puts neighbours that refuse calls in each other's place;
 * counts how many of the changes the table notices. With `--orders` it is the places alone, with `--every N` it is every Nth element, which is what there is time for in the tests.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { every: { type: 'string', default: '1' }, orders: { type: 'boolean', default: false } },
  });
  const bundle = readBundle(policiesFolder);
  const mutants = mutantsOf(bundle)
    .filter(({ name }) => !values.orders || name.includes('changes places'))
    .filter((_, index) => index % Number(values.every) === 0);
  if (mutants.length === 0)
    throw new Error(`--every is "${values.every}"; it must be a whole number above 0.`);
  const surroundings = await startSurroundings();
  const untouched = await firstFailure(surroundings, bundle);
  if (untouched !== undefined) throw new Error(`The policies themselves fail: ${untouched}`);
  const by = { start: 0, check: 0, case: 0 };
  const survivors: string[] = [];
  for (const { name, policies } of mutants) {
    const failure = await firstFailure(surroundings, policies);
    if (failure === undefined) survivors.push(name);
    else by[failure === 'start' || failure === 'check' ? failure : 'case'] += 1;
  }
  await surroundings.stop();
  for (const name of survivors) console.error(`apim-policies/${name}, and nothing notices`);
  const killed = mutants.length - survivors.length;
  console.log(
    `${killed} of ${mutants.length} changes of the policies are noticed: ${by.start} by the start, ${by.case} by a case, ${by.check} by the check alone.`,
  );
  if (survivors.length > 0) process.exitCode = 1;
}

await main();
