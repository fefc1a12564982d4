import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../scripts/command-line/run-command.ts';

const usage = `Writes the generated files of apim-policies/ from tenants.json and the code.

  npm run policies -- [--check]

  --check   write nothing; fail when one is stale`;

await runCommand({ usage, options: { check: { type: 'boolean' } } }, async ({ check }) => {
  const { staleFiles } = await import('./generate/stale.ts');
  const { policiesFolder } = await import('./registry.ts');
  const stale = staleFiles(policiesFolder);
  const names = [...stale.keys()].join(', ');
  if (stale.size === 0) {
    console.log('All generated files are fresh.');
  } else if (check) {
    console.error(`Stale: ${names}. Refresh with: npm run policies`);
    return 1;
  } else {
    for (const [file, text] of stale) {
      write(path.join(policiesFolder, file), text);
    }
    console.log(`Written: ${names}`);
  }
  return 0;
});

function write(file: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(file);
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
