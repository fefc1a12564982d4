import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';

export const trailCommands: readonly Entry[] = [
  {
    command: 'npm run trail -- --tenant contoso --since 1h',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/allowed +unlock_account +/);
      expect(output).toMatch(/allowed +get_billing_summary \(by an expert\)|\(by an expert\)/);
    },
  },
  {
    command: 'npm run trail -- --tenant contoso --since 7d --json | grep ID',
    async check(typed, { shell }) {
      const { output } = await shell.run('npm run -s trail -- --tenant contoso --json');
      const unlock = output.split('\n').find((line) => line.includes('unlock_account')) ?? '';
      const { correlationId } = JSON.parse(unlock) as { correlationId: string };
      const found = await expectDone(typed, { instead: { 'grep ID': `grep ${correlationId}` } });
      expect(found).toContain('"tool":"unlock_account"');
      expect(found).not.toContain('get_customer_detail');
    },
  },
  {
    command: 'npm run trail -- --tenant contoso --denied',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/^\d+ of [1-9]\d* entries since 1h\.$/m);
      expect(output).not.toMatch(/ allowed /);
    },
  },
  {
    command: 'npm run trail -- --tenant contoso --since 1d --export .local/trail.jsonl',
    async check(typed, { shell }) {
      expect(await expectDone(typed)).toMatch(/^\.local\/trail\.jsonl: [1-9]\d* events since 1d\.$/m);
      const { output } = await shell.run('head -1 .local/trail.jsonl');
      expect(JSON.parse(output)).toMatchObject({ class_uid: 6003, metadata: { tenant_uid: 'contoso' } });
    },
  },
  {
    command: 'npm run trail -- --tenant contoso --verify',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/^[1-9]\d* entries of [1-9]\d* writers?: each is as it was written/m);
    },
  },
  {
    command: 'npm run backup -- --tenant contoso --to .local/backups/contoso',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^contoso: \d{3,} rows of \d+ tables are in .*contoso\.$/m);
    },
  },
  {
    command: 'npm run restore -- --tenant contoso --from .local/backups/contoso --replace',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(
        /^contoso: \d{3,} rows of \d+ tables are as in the back-up of \d{4}-.*\.$/m,
      );
    },
  },
  {
    command: 'npm run -s token -- --user sara@contoso',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    },
  },
];
