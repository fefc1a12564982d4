import { readBundle } from '#gateway/language/bundle';
import { policiesFolder } from '#gateway/registry';
import { runCommand } from '#scripts/command-line/run-command';
import { UsageError } from '#scripts/command-line/usage-error';
import type { Case } from './cases/case.ts';
import { signInCases } from './cases/sign-in.ts';
import { mutantsOf } from './mutants.ts';
import { firstFailure } from './run-cases.ts';
import { startSurroundings } from './world.ts';

const usage = `Takes every element out of the policies, one at a time, and puts neighbours that refuse calls in each other's place;
counts how many of the changes the tests notice.

  npm run mutate:policies -- [--orders] [--every N]

  --orders    only what changes places
  --every N   only every Nth change, for a shorter run`;

const options = {
  every: { type: 'string', default: '1' },
  orders: { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async ({ every, orders }) => {
  if (!/^[1-9]\d*$/.test(every)) {
    throw new UsageError(`--every is "${every}"; it must be a whole number above 0.`);
  }
  return await mutate(Number(every), orders);
});

/** @returns the exit code: 1 when nothing notices a change */
async function mutate(every: number, orders: boolean): Promise<number> {
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
