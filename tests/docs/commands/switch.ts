import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';

/** In this order: what the first one switches off, the third one switches on. */
export const switchCommands: readonly Entry[] = [
  {
    command:
      'npm run switch -- --tenant contoso --tool pay_invoice --off --reason "amounts are wrong since noon"',
    async check(typed, { shell }) {
      expect(await expectDone(typed)).toContain('tool:pay_invoice for contoso is off.');
      const { output } = await shell.run('npm run -s trail -- --tenant contoso');
      expect(output).toMatch(/switch\/off .*tool:pay_invoice: amounts are wrong since noon/);
    },
  },
  {
    command: 'npm run switch',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^tool:pay_invoice for contoso {2}since .*amounts are wrong/m);
    },
  },
  {
    command: 'npm run switch -- --tenant contoso --tool pay_invoice --on --reason "amounts are right again"',
    async check(typed) {
      expect(await expectDone(typed)).toContain('tool:pay_invoice for contoso is on.');
    },
  },
];
