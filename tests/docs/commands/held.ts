import { readGuide } from '../../commands/extending/guide.ts';
import { partsOf } from '../reading/shell.ts';

const extending = 'tests/commands/extending/extending.test.ts';

/**
 * Commands that are run elsewhere, by the test that judges what they do: because they take so long that once must do
 * (`npmRun` of `tests/support/run.ts` starts them there), or because they need what a guide has made before. None stands in a block of a page: those are run in the order of the page.
 */
export const heldCommands: Readonly<Record<string, string>> = {
  'npm run conformance': 'tests/conformance/conformance.test.ts',
  // every fifteenth element; all of them take five minutes
  'npm run mutate:policies': 'tests/commands/mutate-policies.test.ts',
  'npm run mutate:sign-in': 'tests/commands/mutate-sign-in.test.ts',
  // a few points; all of them take a quarter of an hour
  'npm run crash-points': 'tests/recovery/crash-points.test.ts',
  // a hundred calls
  'npm run linearizable': 'tests/recovery/linearizable.test.ts',
  // a few seconds, where the fuzzer is installed
  'npm run fuzz': 'tests/commands/fuzz.test.ts',
  'npm run seed': 'tests/commands/seed.test.ts',
  'npm run eval -- --only network': extending,
  'npm run sign:package': 'tests/integration/package/release.test.ts',
  'npm run verify:package': 'tests/integration/package/release.test.ts',
  'npm run new -- --name acme': 'tests/commands/new/new-business.test.ts',
  'npm run wire:diff -- --base HEAD': 'tests/commands/wire-diff.test.ts',
  'npm run mcp -- --list --user quinn@northwind': extending,
};

/** The commands of docs/extending.md: its test reads them there, and types them in its copy. */
export const guideCommands: readonly string[] = readGuide().steps.flatMap((step) =>
  step.kind === 'run' ? partsOf(step.command) : [],
);
