import { describe, expect, it } from 'vitest';
import { isInstalled } from '#scripts/apart/install';
import { hasGlibc, leastNeeded } from '../fuzz/glibc.ts';
import { npmRun } from '../support/run.ts';

const isHere = hasGlibc(leastNeeded) && (await isInstalled('fuzz'));

describe('npm run fuzz', () => {
  it.skipIf(!isHere)(
    'finds nothing in a few seconds',
    async () => {
      const { code, output } = await npmRun('fuzz', ['--minutes', '0.1', '--target', 'cursors']);
      expect(output).toMatch(/^Nothing was found\.$/m);
      expect(code).toBe(0);
    },
    180_000,
  );

  it.skipIf(hasGlibc(leastNeeded))('says where it can be run when it cannot be here', async () => {
    const { code, output } = await npmRun('fuzz', ['--minutes', '1']);
    expect(output).toContain('needs glibc 2.34 or later');
    expect(code).not.toBe(0);
  });

  it('wants to know for how long', async () => {
    const { code, output } = await npmRun('fuzz');
    expect(output).toContain('--minutes is ""; it must be a number above 0.');
    expect(code).not.toBe(0);
  });
});
