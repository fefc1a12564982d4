import { writeFile } from 'node:fs/promises';
import { startAzurite } from '../../emulators/stack/azurite.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { linesOf, runConformance } from './conformance.ts';
import { table } from './table.ts';

const usage = `Runs the official MCP conformance suite against the real pipeline and the authorization server. It is installed once, with a Node that it runs on.

  npm run conformance -- [--results FILE]

  --results FILE   also write all that was found, as JSON`;

await runCommand({ usage, options: { results: { type: 'string' } } }, async ({ results }) => {
  const azurite = await startAzurite({ port: 0 });
  try {
    const parts = await runConformance(azurite.connectionString);
    const failures = linesOf(parts, 'failures').map((line) => `FAILED ${line}`);
    const warnings = linesOf(parts, 'warnings').map((line) => `Not scored: ${line}`);
    process.stdout.write(`${[table(parts), '', ...warnings, ...failures].join('\n')}\n`);
    if (results !== undefined) {
      await writeFile(results, JSON.stringify(parts));
    }
    return failures.length > 0 ? 1 : 0;
  } finally {
    await azurite.stop();
  }
});
