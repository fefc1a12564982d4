import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { readFile } from '../reading/tree.ts';
import type { Copy } from '../running/copy.ts';
import { type Entry, expectDone } from '../running/entry.ts';
import type { Shell } from '../running/shell.ts';
import { azureCommands } from './azure.ts';
import { localCommands } from './local.ts';

/** What is typed in a clone without a running stack. */
export interface ProjectPlace {
  readonly copy: Copy;
  readonly shell: Shell;
}

type ProjectEntry = Entry<ProjectPlace>;

/** Commands of which nothing more is said than what they do to the files, which is looked at after all of them. */
const quiet = ['npm run docs', 'npm run format'].map(
  (command): ProjectEntry => ({
    command,
    async check(typed) {
      await expectDone(typed);
    },
  }),
);

export const projectCommands: readonly ProjectEntry[] = [
  {
    command: 'npm ci',
    async check(typed) {
      // The lock file fits; what it installs is what these tests run on, put there by this command in CI.
      expect(await expectDone(typed, { options: '--dry-run --offline' })).toMatch(/up to date|added/);
      expect(readFile('.github/workflows/ci.yml')).toMatch(/run: npm ci\b/);
    },
  },
  {
    command: 'npm run build',
    async check(typed, { copy }) {
      await expectDone(typed);
      expect(existsSync(path.join(copy.dir, 'dist/functions/mcp.js'))).toBe(true);
    },
  },
  {
    command: 'npm test',
    async check(typed) {
      // These tests are what it runs in full.
      expect(await expectDone(typed, { options: '-- tests/unit/contoso' })).toMatch(
        /^\d+ passed, 0 failed$/m,
      );
    },
  },
  ...quiet,
  {
    command: 'npm run policies',
    async check(typed) {
      expect(await expectDone(typed)).toContain('All generated files are fresh.');
    },
  },
  {
    command: 'npm run check:policies',
    async check(typed) {
      expect(await expectDone(typed)).toContain('The policies are in order.');
    },
  },
  {
    command: 'npm run package',
    async check(typed, { copy }) {
      expect(await expectDone(typed)).toMatch(/contoso-mcp\.zip: \d+ kB/);
      const made = path.join(copy.dir, '.local/package');
      for (const file of ['contoso-mcp.zip', 'app/host.json', 'app/package.json', 'app/dist'])
        expect(existsSync(path.join(made, file)), file).toBe(true);
      expect(existsSync(path.join(made, 'app/node_modules'))).toBe(false);
    },
  },
  {
    command: 'npm run bench',
    async check(typed) {
      // The other parts take minutes, and say nothing on a machine that does something else.
      const output = await expectDone(typed, { options: '-- --quick --only cost' });
      expect(output).toContain('== Storage round trips and tokens ==');
    },
  },
  ...localCommands,
  ...azureCommands,
];
