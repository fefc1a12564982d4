import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { staleFiles } from './generate/stale.ts';
import { policiesFolder } from './registry.ts';

const usage = `Writes the generated files of apim-policies/ from tenants.json and the code.

  npm run policies -- [--check]

  --check   write nothing; fail when one is stale`;

function main(): void {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const stale = staleFiles(policiesFolder);
  const names = [...stale.keys()].join(', ');
  if (stale.size === 0) {
    console.log('All generated files are fresh.');
  } else if (values.check) {
    console.error(`Stale: ${names}. Refresh with: npm run policies`);
    process.exitCode = 1;
  } else {
    for (const [file, text] of stale) {
      write(path.join(policiesFolder, file), text);
    }
    console.log(`Written: ${names}`);
  }
}

function write(file: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(file);
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

main();
