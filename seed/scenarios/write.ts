import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { SeedOptions } from '../generate/context.ts';
import { generate } from '../generate/generate.ts';
import { answerKeys } from './index.ts';
import { scenariosMarkdown } from './markdown.ts';

/** Fixed, so that the document changes only when the scenarios do. */
const options: SeedOptions = { asOf: '2026-01-15', seed: 42, tenant: 'contoso' };

const target = new URL('../scenarios.md', import.meta.url);
const refresh = 'node scripts/launch.cjs seed/scenarios/write.ts';

const usage = `Writes seed/scenarios.md from the scenarios.

  ${refresh} [--check]

  --check   write nothing; fail when it is stale`;

function main(): void {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const wanted = scenariosMarkdown(answerKeys(generate(options), options.asOf), options);
  if (!values.check) {
    writeFileSync(target, wanted);
    console.log('Written: seed/scenarios.md');
  } else if (current() !== wanted) {
    console.error(`seed/scenarios.md is stale. Refresh it with: ${refresh}`);
    process.exitCode = 1;
  }
}

/** A document that is not there yet is stale as well. */
function current(): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}

main();
