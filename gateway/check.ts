import { parseArgs } from 'node:util';
import { UsageError } from '../scripts/command-line/usage-error.ts';
import { type Tier, tiers } from './checks/check.ts';
import { problemsOf } from './checks/index.ts';
import { describeNamedValues } from './generate/named-values.ts';
import { staleFiles } from './generate/stale.ts';
import { readBundle } from './language/bundle.ts';
import { PolicyProblem } from './language/problem.ts';
import { policiesFolder, readRegistry } from './registry.ts';

const usage = `Checks the policies: one line "file:line: what" for each problem. Fails when there is one.

  npm run check:policies -- [--tier TIER]

  --tier TIER   what the gateway's tier allows: ${tiers.join(' or ')} (default dedicated)`;

const options = {
  tier: { type: 'string', default: 'dedicated' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Prints one line for each problem, `file:line: what`, and fails when there is one. */
function main(): void {
  const { tier, help } = parseArgs({ options }).values;
  if (help) {
    console.log(usage);
    return;
  }
  const lines = problems(tierNamed(tier));
  for (const line of lines) {
    console.error(`apim-policies/${line}`);
  }
  if (lines.length > 0) {
    process.exitCode = 1;
  } else {
    console.log('The policies are in order.');
  }
}

function tierNamed(text: string): Tier {
  const known = tiers.find((one) => one === text);
  if (known === undefined) {
    throw new UsageError(`--tier is "${text}"; it must be ${tiers.join(' or ')}.`);
  }
  return known;
}

/** A file that cannot even be read right is the only problem that is told. */
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
    if (error instanceof PolicyProblem) {
      return [error.message];
    }
    throw error;
  }
}

function stale(): readonly string[] {
  return [...staleFiles(policiesFolder).keys()].map(
    (file) => `${file}:1: stale; refresh it with: npm run policies`,
  );
}

main();
