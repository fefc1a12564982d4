import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../lib/project-dir.ts';
import { rolesPage } from './roles-page.ts';
import { toolsPage } from './tools-page.ts';

/** `npm run docs` writes the generated pages; with `--check` it only says which are stale. */
const pages: readonly (readonly [string, () => string])[] = [
  ['docs/tools.md', toolsPage],
  ['docs/roles.md', rolesPage],
];

const check = process.argv.includes('--check');
for (const [name, make] of pages) {
  const file = path.join(projectDir, name);
  const text = make();
  const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
  if (!stale) continue;
  if (check) {
    console.error(`${name} is stale; run npm run docs.`);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
    console.log(`${name} written.`);
  }
}
