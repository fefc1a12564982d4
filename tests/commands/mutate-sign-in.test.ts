import { expect, it } from 'vitest';
import { npmRun } from '../support/run.ts';

/** All of them take minutes; some of every kind take seconds. */
it.each([
  ['the browser that begins a sign-in may not be the one that ends it', 'in the browser that began it'],
  ['codes are good twice', 'a code is redeemed once'],
  ['documents are read from everywhere', 'connections go to public addresses'],
  ['assertions are nobody’s', 'the issuer signed it'],
  ['invitations work twice', 'an invitation is used up'],
])(
  'notices when %s',
  async (_, control) => {
    const { code, output } = await npmRun('mutate:sign-in', ['--only', control]);
    expect(output).toMatch(/^1 of 1 controls are missed when they are gone\./m);
    expect(code).toBe(0);
  },
  120_000,
);

it('tells which controls there are', async () => {
  const { code, output } = await npmRun('mutate:sign-in', ['--list', '--only', 'proxy/codes.ts']);
  expect(output).toBe('shared/platform/sign-in/proxy/codes.ts: a code lives for a minute\n');
  expect(code).toBe(0);
});
