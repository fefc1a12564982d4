/**
 * Commands that take so long that they are run once only, by the test that also judges what they do: `npmRun` of
 * `tests/support/run.ts` starts them there.
 */
export const heldCommands: Readonly<Record<string, string>> = {
  'npm run conformance': 'tests/conformance/conformance.test.ts',
  'npm run eval': 'tests/integration/experts/evals.test.ts',
  // every fifteenth element; all of them take five minutes
  'npm run mutate:policies': 'tests/integration/gateway/mutation.test.ts',
  'npm run seed': 'tests/integration/seed/cli.test.ts',
};
