import { parseArgs } from 'node:util';
import { type Tier, tiers } from './checks/check.ts';
import { problemsOf } from './checks/index.ts';
import { describeNamedValues } from './generate/named-values.ts';
import { staleFiles } from './generate/stale.ts';
import { readBundle } from './language/bundle.ts';
import { PolicyProblem } from './language/problem.ts';
import { policiesFolder, readRegistry } from './registry.ts';

/**
 * Prints one line for each problem, `file:line: what`, and fails when there is one. `--tier consumption` checks against
 * what that tier allows.
 */
function main(): void {
  const lines = problems(readTier());
  for (const line of lines) console.error(`apim-policies/${line}`);
  if (lines.length > 0) process.exitCode = 1;
  else console.log('The policies are in order.');
}

/** A file that cannot even be read right is the only problem that is told. */
function readTier(): Tier {
  const { tier } = parseArgs({ options: { tier: { type: 'string', default: 'dedicated' } } }).values;
  const known = tiers.find((one) => one === tier);
  if (known === undefined) throw new Error(`--tier is "${tier}"; it must be ${tiers.join(' or ')}.`);
  return known;
}

function problems(tier: Tier): readonly string[] {
  try {
    const registry = readRegistry();
    const bundle = readBundle(policiesFolder);
    const found = problemsOf({ tier, bundle, registry, namedValues: describeNamedValues(registry) });
    return [
      ...stale(),
      ...found.map(({ position, description }) => `${position.file}:${position.line}: ${description}`),
    ];
  } catch (error) {
    if (error instanceof PolicyProblem) return [error.message];
    throw error;
  }
}

function stale(): readonly string[] {
  return [...staleFiles(policiesFolder).keys()].map(
    (file) => `${file}:1: stale; refresh it with: npm run policies`,
  );
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
