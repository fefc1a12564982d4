import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../command-line/run-command.ts';
import { projectDir } from '../lib/project-dir.ts';

/** `npm run docs` writes the generated pages; with `--check` it only says which are stale. */
const pages: readonly (readonly [string, () => Promise<string>])[] = [
  ['docs/tools.md', async () => (await import('./tools-page.ts')).toolsPage()],
  ['docs/roles.md', async () => (await import('./roles-page.ts')).rolesPage()],
  ['docs/rooms.md', async () => (await import('./rooms-page.ts')).roomsPage()],
  ['infra/alerts.json', async () => (await import('./alerts-file.ts')).alertsFile()],
  ['infra/registry/server.json', async () => (await import('./registry-entry.ts')).registryEntry()],
];

const usage = `Writes the pages that are made from the code: ${pages.map(([name]) => name).join(', ')}.

  npm run docs -- [--check]

  --check   write nothing; fail when one is stale`;

await runCommand({ usage, options: { check: { type: 'boolean' } } }, async ({ check = false }) => {
  const stale = await stalePages();
  for (const [name, text] of stale) {
    if (check) {
      console.error(`${name} is stale; run npm run docs.`);
    } else {
      await writeFile(path.join(projectDir, name), text);
      console.log(`${name} written.`);
    }
  }
  return check && stale.length > 0 ? 1 : 0;
});

async function stalePages(): Promise<readonly (readonly [name: string, text: string])[]> {
  const made = await Promise.all(
    pages.map(async ([name, make]) => {
      const text = await make();
      const current = await readFile(path.join(projectDir, name), 'utf8').catch(() => '');
      return current === text ? [] : [[name, text] as const];
    }),
  );
  return made.flat();
}
