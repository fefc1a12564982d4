import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { endOf } from '../support/run.ts';
import { expectSentence, timeoutMs } from './command-sentences.ts';

describe('a folder of which a part cannot be used', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'commands-'));
    const left = new Set(['.git', 'node_modules', '.local', 'dist']);
    cpSync(projectDir, dir, { recursive: true, filter: (source) => !left.has(path.basename(source)) });
    symlinkSync(path.join(projectDir, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
    // where writing fails for everybody, whoever runs this test
    for (const name of ['.local', 'dist']) {
      writeFileSync(path.join(dir, name), '');
    }
    writeFileSync(path.join(dir, 'docs/tools.md'), '');
    chmodSync(dir, 0o755);
  }, timeoutMs);

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const run = (entry: string) =>
    endOf(
      spawn(process.execPath, ['scripts/launch.cjs', entry], {
        cwd: dir,
        env: { ...process.env, DATA_STORAGE: undefined },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );

  it(
    'npm start says which',
    async () => {
      const ended = await run('emulators/stack/start.ts');
      expect(ended.output).toMatch(
        /^Cannot write .*\.local.*: a file is where a folder must be\. Make it writable/m,
      );
      expect(ended.code).toBe(1);
      expectSentence(ended);
    },
    timeoutMs,
  );

  it(
    'broken tenants.json: the line on which it breaks off',
    async () => {
      const file = path.join(dir, 'apim-policies/tenants.json');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/,(?=\n.*"displayName")/, ''));
      for (const entry of ['gateway/check.ts', 'gateway/generate.ts', 'emulators/stack/start.ts']) {
        const ended = await run(entry);
        expect(ended.output).toMatch(
          /tenants\.json:\d+: the file is not JSON from here on; look for a comma/,
        );
        expect(ended.code).toBe(1);
        expectSentence(ended);
      }
      writeFileSync(file, text);
    },
    timeoutMs,
  );

  it.runIf(process.getuid?.() === 0)(
    'npm run docs says that the user may not write',
    async () => {
      expect(existsSync(path.join(dir, 'docs/tools.md'))).toBe(true);
      const ended = await endOf(
        spawn(process.execPath, ['scripts/launch.cjs', 'scripts/docs/cli.ts'], {
          cwd: dir,
          // nobody: a user who owns nothing here
          uid: 65_534,
          gid: 65_534,
          env: { PATH: process.env.PATH, HOME: dir },
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      expect(ended.output).toMatch(
        /^Cannot write .*docs\/tools\.md: this user may not write there\. Make it writable/,
      );
      expect(ended.code).toBe(1);
      expectSentence(ended);
    },
    timeoutMs,
  );
});
