import { randomInt } from 'node:crypto';
import { runCommand } from '../../../scripts/command-line/run-command.ts';
import { UsageError } from '../../../scripts/command-line/usage-error.ts';

const usage = `Calls several instances from many callers at once while their storage is late, busy, cut off and loses answers, and looks for an
order that explains all that each customer's callers were answered. Fails when there is none.

  npm run linearizable -- [--calls N] [--seed N]

  --calls N   how many calls; 10000 when left out
  --seed N    what is called and what storage does; when they meet is left to the machine`;

const options = {
  calls: { type: 'string', default: '10000' },
  seed: { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ calls, seed = String(randomInt(1_000_000)) }) => {
  for (const [name, value] of Object.entries({ calls, seed })) {
    if (!/^[1-9]\d{0,7}$/.test(value)) {
      throw new UsageError(`--${name} is "${value}"; it must be a whole number above 0.`);
    }
  }
  const { startAzurite } = await import('../../../emulators/stack/azurite.ts');
  const { manyCallers } = await import('./many-callers.ts');
  const azurite = await startAzurite({ port: 0 });
  try {
    console.log(`Seed ${seed}`);
    const found = await manyCallers({
      dataStorage: azurite.connectionString,
      seed: Number(seed),
      calls: Number(calls),
    });
    for (const line of found.wrong) {
      console.error(line);
    }
    const troubles = [...found.troubles].map(([trouble, times]) => `${times} ${trouble}`).sort();
    console.log(`Requests to storage: ${troubles.join(', ')}; ${found.conflicts} conflicts`);
    console.log(
      `${found.calls} calls, ${found.unknown} of them without an answer, ${found.wrong.length} customers without an order`,
    );
    return found.wrong.length === 0 ? 0 : 1;
  } finally {
    await azurite.stop();
  }
});
