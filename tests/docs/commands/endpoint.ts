import { expect } from 'vitest';
import { freePort } from '#emulators/stack/free-port';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';
import { expectCounts } from './azure.ts';
import { address, ofTheQuickstart } from './typed-data.ts';

export const endpointCommands: readonly Entry[] = [
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
