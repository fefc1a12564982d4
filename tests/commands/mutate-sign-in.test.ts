import { expect, it } from 'vitest';
import { npmRun } from '../support/run.ts';

/** All of them take minutes; some of every kind take seconds, and begin once. */
const some = [
  'in the browser that began it',
  'a code is redeemed once',
  'connections go to public addresses',
  'the issuer signed it',
  'an invitation is used up',
];

it('notices when the browser, the code, the address, the signature or the invitation counts for nothing', async () => {
  const options = some.flatMap((control) => ['--only', control]);
  const { code, output } = await npmRun('mutate:sign-in', options);
  expect(output).toMatch(
    new RegExp(`^${some.length} of ${some.length} controls are missed when they are gone`, 'm'),
  );
  expect(code).toBe(0);
}, 300_000);

it('tells which controls there are', async () => {
  const { code, output } = await npmRun('mutate:sign-in', ['--list', '--only', 'proxy/codes.ts']);
  expect(output).toBe('shared/platform/sign-in/proxy/codes.ts: a code lives for a minute\n');
  expect(code).toBe(0);
});

it('knows no control of another name', async () => {
  const { code, output } = await npmRun('mutate:sign-in', [
    '--list',
    '--only',
    'proxy/codes.ts',
    '--only',
    'magic',
  ]);
  expect(output).toContain('No control has "magic" in its name');
  expect(code).toBe(2);
});
