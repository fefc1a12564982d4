import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';

/** A file that is looked for, and one beside it. */
const few = '-- tests/unit/contoso/money tests/unit/contoso/usage';
const allPassed = /^\d+ passed, 0 failed$/m;

/** What is typed while something is written: each on a few tests, because these tests are what it runs in full. */
export const loopCommands: readonly Entry[] = [
  {
    command: 'npm test -- tests/unit/contoso',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(allPassed);
      expect(output).toContain('tests/unit/contoso/money.test.ts');
      expect(output).not.toContain('tests/unit/tools');
    },
  },
  {
    command: 'npm run test:unit',
    async check(typed) {
      expect(await expectDone(typed, { options: few })).toMatch(allPassed);
    },
  },
  {
    command: 'npm run test:coverage',
    async check(typed) {
      const output = await expectDone(typed, { options: few });
      expect(output).toMatch(/^Lines +: [\d.]+%/m);
      expect(output).toMatch(allPassed);
    },
  },
  {
    command: 'npm run test:commands',
    async check(typed) {
      const output = await expectDone(typed, { options: '-- tests/commands/seed -t "help says what"' });
      expect(output).toMatch(/^1 passed, 0 failed, \d+ skipped$/m);
    },
  },
  {
    command: 'npm run test:recovery',
    async check(typed) {
      expect(await expectDone(typed, { options: '-- tests/recovery/second-person' })).toMatch(allPassed);
    },
  },
  {
    command: 'npm run test:dotnet',
    async check(typed) {
      expect(await expectDone(typed, { options: '-- tests/dotnet/lock' })).toMatch(allPassed);
    },
  },
  {
    command: 'npm run test:durable-extension',
    async check(typed) {
      // the packages of its lock file would be fetched here; .ci/run has the whole comparison
      const env = { DURABLE_EXTENSION: 'off' };
      const output = await expectDone(typed, { options: '-- -t "terminate right after"', env });
      expect(output).toContain('The Durable extension was not run');
      expect(output).toMatch(/^1 passed, 0 failed, \d+ skipped$/m);
    },
  },
  {
    command: 'npm run test:watch',
    async check(typed, { copy }) {
      const file = path.join(copy.dir, 'shared/contoso/rules/money.ts');
      const before = await readFile(file, 'utf8');
      const watching = typed.start({ options: few });
      await watching.until(/Waiting for file changes/);
      await appendFile(file, '\n');
      await watching.until(/RERUN[\s\S]*money\.test\.ts[\s\S]*Waiting for file changes/);
      await watching.interrupt();
      await writeFile(file, before);
    },
  },
  {
    command: 'npm run test:changed',
    async check(typed, { copy, shell }) {
      const file = path.join(copy.dir, 'tests/unit/contoso/money.test.ts');
      const before = await readFile(file, 'utf8');
      const author = '-c user.name=somebody -c user.email=somebody@example.com';
      const commit = await shell.run(`git init -q && git add . && git ${author} commit -qm all`);
      expect(commit.code, commit.output).toBe(0);
      await appendFile(file, '\n');
      const output = await expectDone(typed, { options: few });
      await writeFile(file, before);
      await rm(path.join(copy.dir, '.git'), { recursive: true });
      expect(output).toMatch(allPassed);
      expect(output).toContain('tests/unit/contoso/money.test.ts');
      expect(output).not.toContain('tests/unit/contoso/usage.test.ts');
    },
  },
];
