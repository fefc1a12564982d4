import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { endOf, runEntry } from '../support/run.ts';
import { expectSentence, timeoutMs } from './command-sentences.ts';

const { scripts } = JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** The commands that are one program of ours, and its file. */
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const [, entry, args] = /^node scripts\/launch\.cjs (\S+)( \S+)?$/.exec(script) ?? [];
  return entry === undefined ? [] : [{ name, entry, args: args === undefined ? [] : [args.trim()] }];
});

/** What follows is somebody else's to understand. */
const forwarding = ['inspector', 'start:func', 'test'];

const own = commands.filter(({ name }) => !forwarding.includes(name));

describe.concurrent.each(commands.filter(({ name }) => name !== 'inspector'))(
  'npm run $name',
  ({ entry, args, name }) => {
    it(
      'says what it does, and does nothing, with --help',
      async () => {
        const ended = await runEntry(entry, [...args, '--help']);
        expect(ended.output).toContain(name === 'test' ? 'vitest' : 'npm ');
        expect(ended.code, ended.output).toBe(0);
        expectSentence(ended);
      },
      timeoutMs,
    );
  },
);

describe.concurrent.each(own)('npm run $name', ({ entry, args }) => {
  it(
    'refuses an option that it does not know',
    async () => {
      const ended = await runEntry(entry, [...args, '--no-such-option']);
      expect(ended.output).toMatch(/^Unknown option '--no-such-option'\.?\n.*--help/);
      expect(ended.code).toBe(2);
      expectSentence(ended);
    },
    timeoutMs,
  );
});

describe.concurrent('an output that is closed early', () => {
  it.each([
    ['doctor/cli.ts', '--help'],
    ['doctor/cli.ts', ''],
    ['gateway/check.ts', ''],
    ['scripts/client/cli.ts', '--help'],
  ])(
    '%s %s ends without a word',
    async (entry, args) => {
      // the reader is gone before anything is written
      const line = `"${process.execPath}" scripts/launch.cjs ${entry} ${args} | true`;
      const ended = await endOf(
        spawn('bash', ['-c', line], { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] }),
      );
      expect(ended.output).toBe('');
    },
    timeoutMs,
  );
});
