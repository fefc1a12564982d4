import { randomInt } from 'node:crypto';
import { runCommand } from '../../../scripts/command-line/run-command.ts';
import { UsageError } from '../../../scripts/command-line/usage-error.ts';

const usage = `Kills the process at every await of the product and at every request that it sends, from the door to the answer, for every
tool that changes something and for long work; starts another one, repeats the call, and looks whether anything was lost or
done twice.

  npm run crash-points -- [--share PART] [--seed N] [--scenario TEXT] [--only TEXT] [--at-once N] [--list]

  --share PART      only this part of the points, such as 0.1; which ones is left to chance
  --seed N          the same choice again
  --scenario TEXT   only scenarios with this text in their name, such as payment
  --only TEXT       only points with this text in their name, such as pay-invoice.ts
  --at-once N       how many points are tried at a time; 2 when left out
  --list            only tells which points there are`;

const options = {
  share: { type: 'string', default: '1' },
  seed: { type: 'string' },
  scenario: { type: 'string', default: '' },
  only: { type: 'string' },
  'at-once': { type: 'string', default: '2' },
  list: { type: 'boolean', default: false },
} as const;

await runCommand(
  { usage, options },
  async ({ share, seed = String(randomInt(1_000_000)), scenario, only, list, 'at-once': atOnce }) => {
    if (!(Number(share) > 0 && Number(share) <= 1)) {
      throw new UsageError(`--share is "${share}"; it must be above 0 and at most 1.`);
    }
    if (!/^\d{1,9}$/.test(seed)) {
      throw new UsageError(`--seed is "${seed}"; it must be a whole number.`);
    }
    if (!/^[1-9]\d?$/.test(atOnce)) {
      throw new UsageError(`--at-once is "${atOnce}"; it must be a whole number above 0.`);
    }
    const { startAzurite } = await import('../../../emulators/stack/azurite.ts');
    const { crashRun } = await import('./run.ts');
    const { complaints, lastLine } = await import('./report.ts');
    const { scenarios } = await import('./scenarios.ts');
    const azurite = await startAzurite({ port: 0 });
    try {
      console.log(`Seed ${seed}`);
      const say = (line: string) => console.log(line);
      const { known, outcomes } = await crashRun({
        scenarios: scenarios.filter(({ name }) => name.includes(scenario)),
        dataStorage: azurite.connectionString,
        share: Number(share),
        seed: Number(seed),
        only,
        list,
        atOnce: Number(atOnce),
        say,
      });
      if (list) {
        console.log(`${known} points`);
        return 0;
      }
      console.log(lastLine(outcomes));
      return complaints(outcomes).length === 0 ? 0 : 1;
    } finally {
      await azurite.stop();
    }
  },
);
