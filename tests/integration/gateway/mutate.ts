import { runCommand } from '#scripts/command-line/run-command';
import { UsageError } from '#scripts/command-line/usage-error';

const usage = `Takes every element out of the policies, one at a time, and puts neighbours that refuse calls in each other's place;
counts how many of the changes the tests notice.

  npm run mutate:policies -- [--orders] [--every N]

  --orders    only what changes places
  --every N   only every Nth change, for a shorter run; with --orders, every Nth element that is taken out besides`;

const options = {
  every: { type: 'string' },
  orders: { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async ({ every, orders }) => {
  if (every !== undefined && !/^[1-9]\d*$/.test(every)) {
    throw new UsageError(`--every is "${every}"; it must be a whole number above 0.`);
  }
  const { mutate } = await import('./noticed-changes.ts');
  return await mutate(every === undefined ? undefined : Number(every), orders);
});
