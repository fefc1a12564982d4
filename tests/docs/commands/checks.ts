import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';

export const checkCommands: readonly Entry[] = [
  {
    command: 'npm run pins',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^Clients see what is pinned: \d+ pins\.$/m);
    },
  },
  {
    command: 'npm run check:arrows',
    async check(typed) {
      expect(await expectDone(typed)).toContain('Every import goes the way');
    },
  },
  {
    command: 'npm run check:words',
    async check(typed) {
      expect(await expectDone(typed)).toContain('No name or phrase');
    },
  },
  {
    command: 'npm run check:clones',
    async check(typed) {
      // all folders take long; .ci/run reads them
      expect(await expectDone(typed, { options: '-- shared/platform/http' })).toContain('Found 0 clones.');
    },
  },
  {
    command: 'npm run check:policies',
    async check(typed) {
      expect(await expectDone(typed)).toContain('The policies are in order.');
    },
  },
  {
    command: 'npm run check:policies -- --tier consumption',
    async check(typed) {
      // the page says not to use that tier
      const { code, output } = await typed.run();
      expect(code).toBe(1);
      expect(output).toContain('the Consumption tier has no <rate-limit-by-key>');
    },
  },
];
