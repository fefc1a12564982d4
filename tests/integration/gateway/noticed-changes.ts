import { readBundle } from '#gateway/language/bundle';
import { policiesFolder } from '#gateway/registry';
import type { Case } from './cases/case.ts';
import { signInCases } from './cases/sign-in.ts';
import { mutantsOf } from './mutants.ts';
import { firstFailure } from './run-cases.ts';
import { startSurroundings } from './world.ts';

/** @returns the exit code: 1 when nothing notices a change */
export async function mutate(every: number, orders: boolean): Promise<number> {
  const bundle = readBundle(policiesFolder);
  const mutants = mutantsOf(bundle)
    .filter(({ name }) => !orders || name.includes('changes places'))
    .filter((_, index) => index % every === 0);
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
