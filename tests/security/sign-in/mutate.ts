import { startAzurite } from '../../../emulators/stack/azurite.ts';
import { runCommand } from '../../../scripts/command-line/run-command.ts';
import { UsageError } from '../../../scripts/command-line/usage-error.ts';
import type { Attack } from './attack.ts';
import { chapters } from './chapters.ts';
import type { Control } from './control.ts';
import { controls } from './controls.ts';
import { productLessOne } from './less-one.ts';
import { plainSignIn } from './plain-sign-in.ts';
import * as product from './product.ts';
import { asBefore, type Product, type Surroundings, startSurroundings, startWorld } from './world.ts';

const usage = `Switches off every control of the sign-in, one at a time, and tells whether the attacks that it refuses notice.
A person must be able to sign in all the same: else it is not the control that is missing.

  npm run mutate:sign-in -- [--list] [--only TEXT] [--every N]

  --list        only tells which there are
  --only TEXT   those with this text in their name, or in that of a file
  --every N     only every Nth, for a shorter run`;

const options = {
  list: { type: 'boolean', default: false },
  only: { type: 'string' },
  every: { type: 'string', default: '1' },
} as const;

await runCommand({ usage, options }, async ({ list, only, every }) => {
  if (!/^[1-9]\d*$/.test(every)) {
    throw new UsageError(`--every is "${every}"; it must be a whole number above 0.`);
  }
  const chosen = controls
    .filter(({ control, changes }) =>
      [control, ...changes.map(({ file }) => file)].join('\n').includes(only ?? ''),
    )
    .filter((_, index) => index % Number(every) === 0);
  if (chosen.length === 0) {
    throw new UsageError(`No control has "${only}" in its name; --list tells them.`);
  }
  if (list) {
    for (const { control, changes } of chosen) {
      console.log(`${changes[0]?.file}: ${control}`);
    }
    return 0;
  }
  return await mutate(chosen);
});

/** @returns the exit code: 1 when nothing notices that a control is missing */
async function mutate(chosen: readonly Control[]): Promise<number> {
  const azurite = await startAzurite({ port: 0 });
  const surroundings = await startSurroundings(azurite.connectionString);
  try {
    await firstBroken(surroundings, product, chosen);
    let unnoticed = 0;
    for (const control of chosen) {
      const survivors = await survivorsOf(surroundings, control);
      unnoticed += survivors.length === 0 ? 0 : 1;
      for (const survivor of survivors) {
        console.error(`${control.changes[0]?.file}: ${control.control}: ${survivor}`);
      }
    }
    console.log(`${chosen.length - unnoticed} of ${chosen.length} controls are missed when they are gone.`);
    return unnoticed > 0 ? 1 : 0;
  } finally {
    await surroundings.stop();
    await azurite.stop();
  }
}

/** @throws Error when the product itself does not refuse one of the attacks */
async function firstBroken(
  surroundings: Surroundings,
  whole: Product,
  chosen: readonly Control[],
): Promise<void> {
  const world = await startWorld(surroundings, whole);
  for (const { name, run } of attacksOf(chosen)) {
    asBefore(world);
    await run(world).catch((cause: unknown) => {
      throw new Error(`The product itself does not refuse ${name}.`, { cause });
    });
  }
}

/** What of the attacks on a control does not notice that it is gone, as sentences. */
async function survivorsOf(surroundings: Surroundings, control: Control): Promise<readonly string[]> {
  const world = await startWorld(surroundings, await productLessOne(control));
  asBefore(world);
  try {
    await plainSignIn(world);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    return [`without it nobody can sign in (${reason})`];
  }
  const survivors: string[] = [];
  for (const { name, run } of attacksOf([control])) {
    asBefore(world);
    const noticed = await run(world).then(
      () => false,
      () => true,
    );
    if (!noticed) {
      survivors.push(`nothing notices ${name}`);
    }
  }
  return survivors;
}

function attacksOf(chosen: readonly Control[]): readonly Attack[] {
  const names = new Set(chosen.flatMap(({ attacks }) => attacks));
  return chapters.flatMap(({ attacks }) => attacks.filter(({ name }) => names.has(name)));
}
