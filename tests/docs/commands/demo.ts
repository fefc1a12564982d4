import { expect } from 'vitest';
import { type Entry, expectDone } from '../running/entry.ts';
import { expectExcerpt } from '../running/excerpt.ts';
import type { Shell } from '../running/shell.ts';

export const demoCommands: readonly Entry<{ readonly shell: Shell }>[] = [
  {
    command: 'npm run demo',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/All of it worked\.\n$/);
      expectExcerpt('README.md', 'npm run demo', output);
    },
  },
];
