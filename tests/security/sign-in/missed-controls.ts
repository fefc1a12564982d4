import { startAzurite } from '../../../emulators/stack/azurite.ts';
import type { Attack } from './attack.ts';
import { chapters } from './chapters.ts';
import type { Control } from './control.ts';
import { productLessOne } from './less-one.ts';
import { plainSignIn } from './plain-sign-in.ts';
import * as product from './product.ts';
import { asBefore, type Product, type Surroundings, startSurroundings, startWorld } from './world.ts';

/** @returns the exit code: 1 when nothing notices that a control is missing */
export async function mutate(chosen: readonly Control[]): Promise<number> {
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
