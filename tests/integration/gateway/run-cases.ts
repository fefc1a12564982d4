import { problemsOf } from '#gateway/checks/index';
import { describeNamedValues } from '#gateway/generate/named-values';
import type { PolicyBundle } from '#gateway/language/bundle';
import { readRegistry } from '#gateway/registry';
import { inTime } from '#platform/in-time';
import type { Case } from './cases/case.ts';
import { cases } from './cases.ts';
import { type EdgeUnderTest, type Surroundings, startVariant, type Variant } from './world.ts';

const registry = readRegistry();

/** What notices that policies are wrong: a case, or the gateway or the policy check that refuses them. */
export type Failure = Case | 'start' | 'check';

/** Milliseconds for one case: policies that never answer are wrong, too. */
const longestMs = 20_000;
/** Cases that run at the same time. */
const width = 8;

/**
 * Runs the table against policies until one case fails.
 * @param likely cases that are tried before the others, because they are about what was changed
 * @returns that case; `start` when the gateway refuses to run the policies; `check` when only the policy
 * check finds something; undefined when all is right
 */
export async function firstFailure(
  surroundings: Surroundings,
  policies: PolicyBundle,
  likely: readonly Case[] = [],
): Promise<Failure | undefined> {
  const ordered = [...new Set([...likely, ...cases])];
  for (const variant of new Set(ordered.map((one) => one.variant))) {
    const queue = ordered.filter((one) => one.variant === variant);
    const failure = await firstFailureOf(surroundings, policies, variant, queue);
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
  queue: Case[],
): Promise<Failure | undefined> {
  let edge: EdgeUnderTest;
  try {
    edge = await startVariant(surroundings, variant, policies);
  } catch {
    return 'start';
  }
  let failure: Case | undefined;
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && failure === undefined; one = queue.shift()) {
      const tried = one;
      await inTime(tried.run(edge, surroundings), longestMs, 'The case did not end.').catch(() => {
        failure ??= tried;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  await edge.stop();
  return failure;
}
