import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';
import { expectExcerpt } from '../../commands/typing/excerpt.ts';
import { accountCommands } from './accounts.ts';
import { endpointCommands } from './endpoint.ts';
import { switchCommands } from './switch.ts';
import { trailCommands } from './trail.ts';
import { data } from './typed-data.ts';

/** Starts what the other commands need. */
export const startCommand: Entry = {
  command: 'npm start',
  async check(typed, place) {
    place.stack = typed.start({ options: '-- --port 0', env: { TROUBLESHOOT_SECONDS: '2' } });
    await place.stack.until(/Ctrl\+C stops everything/);
    const output = place.stack.output();
    place.port = /Gateway at http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1] ?? '';
    expectExcerpt('README.md', 'npm start', output);
    expect(output).toContain('data in .local/azurite/contoso');
  },
};

/** In this order: the audit trail shows what the others did. */
const commands: readonly Entry[] = [
  {
    command: 'npm run mcp -- --list',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/^get_customer_detail +/m);
      expect(output).not.toContain('unlock_account');
    },
  },
  {
    command: `npm run mcp -- get_customer_detail '{"customer_id":251}'`,
    async check(typed) {
      expect(await data(typed)).toMatchObject({ customer_id: 251, first_name: 'John', last_name: 'Doe' });
    },
  },
  {
    command: 'npm run mcp -- --list --user bill@contoso',
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toMatch(/^pay_invoice +/m);
      expect(output).not.toContain('unlock_account');
    },
  },
  {
    command: `npm run mcp -- get_customer_detail '{"customer_id":251}' --user nobody@contoso`,
    async check(typed) {
      const { code, output } = await typed.run();
      expect(code).toBe(1);
      expect(output).toContain('customers.read');
    },
  },
  {
    command: `npm run mcp -- ask_expert '{"question":"Is the account of customer 254 locked?"}' --user sara@contoso`,
    async check(typed) {
      const answer = await data(typed);
      expect(answer).toMatchObject({ domain: 'account', why: expect.stringContaining('locked') });
    },
  },
  {
    command: `npm run mcp -- ask_billing_expert '{"question":"Why is the last invoice of customer 251 so high?"}'`,
    async check(typed, place) {
      const answer = await data(typed);
      expect(answer).toMatchObject({ status: 'done', model: 'offline-playbooks' });
      place.conversation = String(answer.conversation_id);
    },
  },
  {
    command: `npm run mcp -- ask_billing_expert '{"question":"what do custmers 12 and 14 owe together?"}'`,
    async check(typed) {
      const answer = await data(typed);
      expect(answer).toMatchObject({ status: 'done', model: 'offline-playbooks' });
      expect(answer.answer).toMatch(/^Together they owe \$\d+\.\d\d\./);
    },
  },
  {
    command: `npm run mcp -- ask_billing_expert '{"question":"and what can I do about it?","conversation_id":"<the one returned>"}'`,
    async check(typed, { conversation }) {
      const answer = await data(typed, { '<the one returned>': conversation });
      expect(answer).toMatchObject({ status: 'done', conversation_id: conversation });
    },
  },
  {
    command: `npm run mcp -- trouble_shoot_device '{"detail":"Slow in the evening","device_name":"router-7","subscription_id":252}'`,
    async check(typed) {
      const output = await expectDone(typed);
      expect(output).toContain('The diagnosis is complete.');
      expect(output).toContain('"device_name": "router-7"');
    },
  },
  {
    command: `npm run mcp -- unlock_account '{"customer_id":254,"reason":"Identity checked"}' --user sara@contoso`,
    async check(typed) {
      const unasked = await typed.run();
      expect(unasked.code).toBe(1);
      expect(unasked.output).toContain('confirmation_code');
      // a person at the terminal
      const terminal = 'data:text/javascript,process.stdin.isTTY=true';
      const output = await expectDone(typed, {
        env: { NODE_OPTIONS: `--import=${terminal}` },
        input: 'yes\n',
      });
      expect(output).toContain('[y/N]');
      expect(output).toContain('The account of customer 254 was unlocked at');
    },
  },
  ...trailCommands,
  ...endpointCommands,
];

/** What is typed beside a running stack. */
export const stackCommands: readonly Entry[] = [...commands, ...accountCommands, ...switchCommands].map(
  (entry) => ({
    ...entry,
    besideStack: true,
  }),
);
