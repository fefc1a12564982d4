import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** Commands that are made of others: what they are for, and the command lines in their order. */
const chains: Readonly<Record<string, { readonly what: string; readonly steps: readonly string[] }>> = {
  check: {
    what: 'Checks types, style, the arrows between rooms, words, generated files and policies.',
    steps: [
      'check:types',
      'check:style',
      'check:arrows',
      'check:words',
      'check:generated',
      'check:policies',
    ].map((name) => `npm run ${name}`),
  },
  'check:generated': {
    what: 'Checks that generated pages are fresh, those in documents and those of cards.',
    // what is stale most often, and told at once, before what is compiled to be told
    steps: [
      'node scripts/launch.cjs seed/scenarios/write.ts --check',
      'npm run docs -- --check',
      'npm run cards -- --check',
      'npm run console -- --check',
    ],
  },
  refresh: {
    what: 'Writes all that is generated: pages, policies, scenarios, budgets. What clients see is not: npm run pins.',
    steps: [
      'npm run cards',
      'npm run console',
      'npm run docs',
      'npm run policies',
      'node scripts/launch.cjs seed/scenarios/write.ts',
      'npm run budgets',
    ],
  },
};

const [name = ''] = process.argv.splice(2, 1);
const chain = chains[name];
const usage = `${chain?.what}\n\n  npm run ${name}\n\nThe same as\n  ${chain?.steps.join('\n  ')}`;

await runCommand({ usage, options: {} }, async () => {
  if (chain === undefined) {
    throw new UsageError(`"${name}" is no chain; use ${Object.keys(chains).join(', ')}.`);
  }
  for (const step of chain.steps) {
    // npm has put the folder of the programs on the path
    const [code] = (await once(spawn(step, { shell: true, stdio: 'inherit' }), 'exit')) as [number | null];
    if (code !== 0) {
      return code ?? 1;
    }
  }
  return 0;
});
