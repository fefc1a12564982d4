import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';
import { expectExcerpt } from '../../commands/typing/excerpt.ts';
import { azureCommands } from './azure.ts';
import { checkCommands } from './checks.ts';
import { localCommands } from './local.ts';
import { loopCommands } from './loop.ts';

/** Commands of which nothing more is said than what they do to the files, which is looked at after all of them. */
const quiet = ['npm run docs', 'npm run cards', 'npm run console', 'npm run format'].map(
  (command): Entry => ({
    command,
    async check(typed) {
      await expectDone(typed);
    },
  }),
);

export const projectCommands: readonly Entry[] = [
  {
    command: 'npm ci',
    async check(typed) {
      // .ci/run begins with the installation itself
      const output = await expectDone(typed, { options: '--prefer-offline --dry-run' });
      expect(output).toMatch(/^added \d+ packages/m);
      // on none of the versions of Node that the project runs on
      expect(output).not.toContain('EBADENGINE');
    },
  },
  {
    command: 'npm run build',
    async check(typed, { copy }) {
      rmSync(path.join(copy.dir, 'dist'), { recursive: true, force: true });
      await expectDone(typed);
      expect(existsSync(path.join(copy.dir, 'dist/functions/mcp.js'))).toBe(true);
    },
  },
  {
    command: 'npm test',
    async check(typed) {
      // These tests are what it runs in full.
      expect(await expectDone(typed, { options: '-- tests/unit/contoso/money' })).toMatch(
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
  ...checkCommands,
  {
    command: 'npm run check:infra',
    async check(typed) {
      // the compiler would be fetched here, so that one is named that is not there; .ci/run has the whole check
      const { code, output } = await typed.run({ options: '-- --bicep .local/no-compiler' });
      expect(output).toContain('There is no compiler at .local/no-compiler.');
      expect(code).toBe(1);
    },
  },
  {
    command: 'npm run package',
    async check(typed, { copy }) {
      expect(await expectDone(typed)).toMatch(/contoso-mcp\.zip: \d+ kB/);
      const made = path.join(copy.dir, '.local/package');
      for (const file of ['contoso-mcp.zip', 'app/host.json', 'app/package.json', 'app/dist']) {
        expect(existsSync(path.join(made, file)), file).toBe(true);
      }
      expect(existsSync(path.join(made, 'app/node_modules'))).toBe(false);
    },
  },
  {
    command: 'npm run pictures',
    async check(typed) {
      // they are taken on purpose only, and looked at
      const { code, output } = await typed.run({ options: '-- no-such-picture' });
      expect(output).toContain('There is no picture "no-such-picture"');
      expect(code).toBe(2);
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
  {
    command: 'npm run demo',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/All of it worked\.\n$/);
      expectExcerpt('README.md', 'npm run demo', output);
    },
  },
  {
    command: 'npm run eval',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).not.toContain('FAIL');
      expect(output).toMatch(/^all +(\d+) of \1 passed$/m);
      expect(output).toContain('answered by offline-playbooks');
    },
  },
  {
    command: 'npm run eval -- --questions tune',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^right +(\d+) of \1 \(100 %\)$/m);
    },
  },
  {
    command: 'npm run eval -- --questions held-out',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^right +\d+ of 50 /m);
    },
  },
  ...loopCommands,
  ...localCommands,
  ...azureCommands,
];
