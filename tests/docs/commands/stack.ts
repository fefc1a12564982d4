import { expect } from 'vitest';
import { freePort } from '#emulators/stack/free-port';
import { type Entry, expectDone, type Place, type TypedCommand } from '../../commands/typing/entry.ts';
import { expectExcerpt } from '../../commands/typing/excerpt.ts';
import { pages } from '../reading/commands.ts';
import { expectCounts } from './azure.ts';

const documentedPort = '127.0.0.1:7071';
const address = ({ port }: Place) => ({ [documentedPort]: `127.0.0.1:${port}` });

/** Runs a call of a tool, and gives the data that the command prints after the sentence. */
async function data(typed: TypedCommand, instead?: Record<string, string>): Promise<Record<string, unknown>> {
  const output = await expectDone(typed, instead && { instead });
  return JSON.parse(output.slice(output.search(/^\{$/m)).replace(/^\}[\s\S]*/m, '}'));
}

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
    command: `npm run mcp -- ask_billing_expert '{"question":"Why is the last invoice of customer 251 so high?"}'`,
    async check(typed, place) {
      const answer = await data(typed);
      expect(answer).toMatchObject({ status: 'done', model: 'offline-playbooks' });
      place.conversation = String(answer.conversation_id);
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
    command: 'npm run -s token -- --user sara@contoso',
    async check(typed) {
      expect(await expectDone(typed)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    },
  },
  {
    command: ofTheQuickstart('curl '),
    async check(typed, place) {
      const output = await expectDone(typed, { instead: address(place) });
      const [, json = ''] = /^data: (.*)$/m.exec(output) ?? [];
      const { result } = JSON.parse(json) as { result: { tools: { name: string }[] } };
      const names = result.tools.map(({ name }) => name);
      expect(names).toContain('get_customer_detail');
      expect(names).not.toContain('pay_invoice');
    },
  },
  {
    command: ofTheQuickstart('npm run inspector -- --cli'),
    async check(typed, place) {
      // the token is the one that the page took before
      const token = await place.shell.run('npm run -s token -- --user quinn@contoso');
      const output = await expectDone(typed, {
        instead: address(place),
        env: { TOKEN: token.output.trim() },
      });
      expect(output).not.toContain('EBADENGINE');
      expect(output).toContain('"name": "get_customer_detail"');
      expect(output).not.toContain('"name": "pay_invoice"');
    },
  },
  {
    command: ofTheQuickstart('npm run inspector -- --server-url'),
    async check(typed, place) {
      // its own way to say that there is no browser, and a free port
      const env = {
        MCP_AUTO_OPEN_ENABLED: 'false',
        CLIENT_PORT: String(await freePort(0)),
        MCP_SANDBOX_PORT: '0',
      };
      const page = typed.start({ instead: address(place), env });
      const [, origin] = await page.until(/(http:\/\/127\.0\.0\.1:\d+)\S*TOKEN/);
      expect(await (await fetch(String(origin))).text()).toContain('<title>');
      await page.interrupt();
    },
  },
  {
    command: 'npm run doctor -- --only-live --url $URL --token "$TOKEN" --long-job',
    async check(typed, place) {
      const roleless = await place.shell.run('npm run -s token -- --user nobody@contoso');
      const env = { DOCTOR_ROLELESS_TOKEN: roleless.output.trim() };
      expectCounts('that gave', await expectDone(typed, { instead: address(place), env }));
    },
  },
];

/** Accounts are kept whatever way people sign in; they count where the service signs them in itself. */
const accounts: readonly Entry[] = [
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

/** What is typed beside a running stack. */
export const stackCommands: readonly Entry[] = [...commands, ...accounts].map((entry) => ({
  ...entry,
  besideStack: true,
}));

/** They are long, and here only found again, not written again. */
function ofTheQuickstart(start: string): string {
  const page = pages.find(({ file }) => file === 'docs/quickstart.md');
  const found = page?.commands.find(({ text }) => text.startsWith(start));
  if (found === undefined) {
    throw new Error(`docs/quickstart.md has no command that begins with "${start}".`);
  }
  return found.text;
}
