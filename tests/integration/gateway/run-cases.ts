import { problemsOf } from '#gateway/checks/index';
import { describeNamedValues } from '#gateway/generate/named-values';
import type { PolicyBundle } from '#gateway/language/bundle';
import { readRegistry } from '#gateway/registry';
import { cases } from './cases.ts';
import { type EdgeUnderTest, type Surroundings, startVariant, type Variant } from './world.ts';

const registry = readRegistry();

/** Cases that run at the same time. */
const width = 8;

/**
 * Runs the table against policies until one case fails.
 * @returns the name of that case; `start` when the gateway refuses to run the policies; `check` when only the policy
 * check finds something; undefined when all is right
 */
export async function firstFailure(
  surroundings: Surroundings,
  policies: PolicyBundle,
): Promise<string | undefined> {
  for (const variant of new Set(cases.map((one) => one.variant))) {
    const failure = await firstFailureOf(surroundings, policies, variant);
    if (failure !== undefined) {
      return failure;
    }
  }
  const namedValues = describeNamedValues(registry);
  return problemsOf({ bundle: policies, registry, namedValues }).length > 0 ? 'check' : undefined;
}

async function firstFailureOf(
  surroundings: Surroundings,
  policies: PolicyBundle,
  variant: Variant,
): Promise<string | undefined> {
  let edge: EdgeUnderTest;
  try {
    edge = await startVariant(surroundings, variant, policies);
  } catch {
    return 'start';
  }
  const queue = cases.filter((one) => one.variant === variant);
  let failure: string | undefined;
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && failure === undefined; one = queue.shift()) {
      const { name } = one;
      await one.run(edge, surroundings).catch(() => {
        failure ??= name;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  await edge.stop();
  return failure;
}
