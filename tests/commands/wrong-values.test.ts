import { describe, expect, it } from 'vitest';
import { runEntry } from '../support/run.ts';
import { expectSentence, timeoutMs } from './command-sentences.ts';

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
    ['scripts/clones/cli.ts', ['nowhere'], /^nowhere is no folder of the project\./],
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
