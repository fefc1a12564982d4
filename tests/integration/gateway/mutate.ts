import { runCommand } from '#scripts/command-line/run-command';
import { UsageError } from '#scripts/command-line/usage-error';

const usage = `Takes every element out of the policies, one at a time, and puts neighbours that refuse calls in each other's place;
counts how many of the changes the tests notice.

  npm run mutate:policies -- [--orders] [--every N]

  --orders    only what changes places
  --every N   only every Nth change, for a shorter run`;

const options = {
  every: { type: 'string', default: '1' },
  orders: { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async ({ every, orders }) => {
  if (!/^[1-9]\d*$/.test(every)) {
    throw new UsageError(`--every is "${every}"; it must be a whole number above 0.`);
  }
  const { mutate } = await import('./noticed-changes.ts');
  return await mutate(Number(every), orders);
});
