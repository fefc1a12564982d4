import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startAzurite } from '../../emulators/stack/azurite.ts';
import { linesOf, runConformance } from './conformance.ts';
import { table } from './table.ts';

/** `--results FILE` also writes all that was found, as JSON. */
const { values } = parseArgs({ options: { results: { type: 'string' } } });
const azurite = await startAzurite({ port: 0 });
try {
  const parts = await runConformance(azurite.connectionString);
  const failures = linesOf(parts, 'failures').map((line) => `FAILED ${line}`);
  const warnings = linesOf(parts, 'warnings').map((line) => `Not scored: ${line}`);
  process.stdout.write(`${[table(parts), '', ...warnings, ...failures].join('\n')}\n`);
  if (values.results !== undefined) await writeFile(values.results, JSON.stringify(parts));
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await azurite.stop();
}
