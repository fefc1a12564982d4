import { readBundle } from '#gateway/language/bundle';
import { policiesFolder } from '#gateway/registry';
import type { Case } from './cases/case.ts';
import { signInCases } from './cases/sign-in.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { firstFailure } from './run-cases.ts';
import { startSurroundings } from './world.ts';

/** Every Nth change; with `orders` all that changes places, and every Nth of the others where a number is given. */
function chosenOf(mutants: readonly Mutant[], every: number | undefined, orders: boolean): readonly Mutant[] {
  if (!orders) {
    return mutants.filter((_, index) => index % (every ?? 1) === 0);
  }
  const changesPlaces = ({ name }: Mutant) => name.includes('changes places');
  const gone = every === undefined ? [] : mutants.filter((mutant) => !changesPlaces(mutant));
  return [...chosenOf(gone, every, false), ...mutants.filter(changesPlaces)];
}

/** @returns the exit code: 1 when nothing notices a change */
export async function mutate(every: number | undefined, orders: boolean): Promise<number> {
  const bundle = readBundle(policiesFolder);
  const mutants = chosenOf(mutantsOf(bundle), every, orders);
  const surroundings = await startSurroundings();
  const untouched = await firstFailure(surroundings, bundle);
  if (untouched !== undefined) {
    const what = typeof untouched === 'string' ? untouched : untouched.name;
    throw new Error(`The policies themselves fail: ${what}`);
  }
  const by = { start: 0, check: 0, case: 0 };
  const survivors: string[] = [];
  /** Cases that noticed a change before, the last one first: what is changed next stands beside that. */
  const noticed = new Set<Case>();
  for (const { name, policies } of mutants) {
    const likely = /(sign-in|server-metadata)-/.test(name) ? signInCases : [];
    const failure = await firstFailure(surroundings, policies, [...[...noticed].reverse(), ...likely]);
    if (failure === undefined) {
      survivors.push(name);
    } else if (failure === 'start' || failure === 'check') {
      by[failure] += 1;
    } else {
      by.case += 1;
      noticed.delete(failure);
      noticed.add(failure);
    }
  }
  await surroundings.stop();
  for (const name of survivors) {
    console.error(`apim-policies/${name}, and nothing notices`);
  }
  const killed = mutants.length - survivors.length;
  console.log(
    `${killed} of ${mutants.length} changes of the policies are noticed: ${by.start} by the start, ${by.case} by a case, ${by.check} by the check alone.`,
  );
  return survivors.length > 0 ? 1 : 0;
}
