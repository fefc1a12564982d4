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
import { type Ended, endOf, runEntry } from '../support/run.ts';

/** Seconds that even a busy machine does not need. */
const timeoutMs = 120_000;

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

function expectSentence({ output }: Ended): void {
  expect(output).not.toMatch(/^\s+at /m);
  expect(output).not.toMatch(/^node:/m);
}

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

describe.concurrent('a value that cannot be', () => {
  const service = '/subscriptions/a/resourceGroups/b/providers/Microsoft.ApiManagement/service/c';
  it.each([
    ['emulators/stack/start.ts', ['--port', 'x'], /^--port is "x"; it must be a whole number/],
    ['emulators/stack/start.ts', ['--port', '-1'], /^--port needs a value/],
    ['emulators/identity/cli.ts', ['--port', '70000'], /^--port is "70000"; it must be a whole number/],
    ['emulators/gateway/cli.ts', ['--authority', 'a', '--audience', 'b', '--port', 'x'], /^--port is "x"/],
    [
      'emulators/gateway/cli.ts',
      ['--authority', 'a', '--audience', 'b', '--backend', 'x'],
      /^"x" must be written name=value/,
    ],
    ['emulators/host/cli.ts', ['--port', 'x'], /^--port is "x"/],
    ['scripts/trail/cli.ts', [], /^Name a tenant with --tenant/],
    [
      'scripts/trail/cli.ts',
      ['--tenant', 'acme'],
      /^There is no tenant "acme"; use contoso, fabrikam, platform\./,
    ],
    ['scripts/trail/cli.ts', ['--tenant', 'contoso', '--since', 'x'], /^--since is "x"; it must be an age/],
    ['scripts/client/token.ts', ['--user', 'x'], /^There is no user "x"/],
    ['evals/cli.ts', ['--only', 'no such case'], /^No case has "no such case" in its name\./],
    ['bench/cli.ts', ['--only', 'x'], /^"x" is not a part/],
    ['gateway/check.ts', ['--tier', 'x'], /^--tier is "x"; it must be dedicated or consumption/],
    [
      'tests/integration/gateway/mutate.ts',
      ['--every', '0'],
      /^--every is "0"; it must be a whole number above 0/,
    ],
    [
      'tests/security/sign-in/mutate.ts',
      ['--only', 'no such control'],
      /^No control has "no such control" in its name; --list tells them\./,
    ],
    [
      'tests/security/sign-in/mutate.ts',
      ['--every', '0'],
      /^--every is "0"; it must be a whole number above 0/,
    ],
    ['gateway/deploy/cli.ts', ['--service', 'x', '--values', 'y'], /^--service is "x"/],
    ['doctor/cli.ts', ['--url', 'x'], /^--url is "x"/],
    ['scripts/compare-host/cli.ts', ['--host', 'x'], /^--host is "x"; it must be an address/],
    ['scripts/compare-host/cli.ts', ['--host', 'http://a', '--write'], /^Say with --seen-on what/],
    ['scripts/compare-host/cli.ts', ['--host', 'http://a', '--only', 'no such'], /^No row has "no such" in/],
    ['seed/cli.ts', ['--seed', 'x'], /^--seed must be a whole number/],
    ['scripts/pins/cli.ts', ['--accept'], /^--accept needs the names of what is meant\./],
    ['scripts/pins/cli.ts', ['get_products'], /^To pin get_products write --accept before\./],
    [
      'scripts/pins/cli.ts',
      ['--accept', 'get_products', 'get_prodcuts'],
      /^Nothing is called get_prodcuts; there are .*\bget_products\b.*\bprompt:explain_invoice\b/,
    ],
    ['scripts/pins/wire-diff.ts', [], /^Name a tag or commit with --base\./],
    ['scripts/pins/wire-diff.ts', ['--base', 'no-such-tag'], /^There is no tag or commit no-such-tag here\./],
  ] as const)(
    '%s %j',
    async (entry, args, sentence) => {
      const ended = await runEntry(entry, args, { DATA_STORAGE: undefined });
      expect(ended.output).toMatch(sentence);
      expect(ended.code).toBe(2);
      expectSentence(ended);
    },
    timeoutMs,
  );

  it(
    'a file that is not there',
    async () => {
      const ended = await runEntry('gateway/deploy/cli.ts', [
        '--service',
        service,
        '--values',
        'no/such.json',
      ]);
      expect(ended.output).toMatch(/^There is no file no\/such\.json\. Name one that exists\.\n$/);
      expect(ended.code).toBe(1);
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
