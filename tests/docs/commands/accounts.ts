import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';

/** Accounts are kept whatever way people sign in; they count where the service signs them in itself. */
export const accountCommands: readonly Entry[] = [
  {
    command: 'npm run invite -- --tenant contoso --name "Ada Stone" --role query',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(
        /^http:\/\/localhost:\d+\/contoso-mcp\/oauth\/invite\?person=/m,
      );
    },
  },
  {
    command: 'npm run invite -- --tenant contoso',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^[\w-]{22} {2}Ada Stone {2}query {2}invited, until /m);
    },
  },
];
