import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Place, WebBrowser } from '../../emulators/lib/web-browser.ts';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { type McpRemote, type McpRemoteHome, newHome, startMcpRemote } from '../support/mcp-remote.ts';
import { quietStack } from '../support/quiet-stack.ts';

let stack: Stack;
const homes: McpRemoteHome[] = [];
const started: McpRemote[] = [];

beforeAll(async () => {
  stack = await startStack(quietStack);
}, 240_000);

afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
  await Promise.all(homes.map((one) => one.remove()));
  await stack?.stop();
});

const address = (tenant: string) => accessOf(stack, tenant).mcp;
const linkWritten = /Please authorize this client by visiting:\n(\S+)/;

async function home(): Promise<McpRemoteHome> {
  const made = await newHome();
  homes.push(made);
  return made;
}

/** As `docs/clients.md` has it, for the address of this stack. */
async function start(url: string, where: McpRemoteHome) {
  const [, entry = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/clients.md', 'utf8')) ?? [];
  const { command, args } = JSON.parse(entry) as { command: string; args: string[] };
  expect([command, args[0]]).toEqual(['npx', 'mcp-remote']);
  const here = args.slice(1).map((arg) => (arg.endsWith('/contoso-mcp/mcp') ? url : arg));
  expect(here).toContain(url);
  const remote = await startMcpRemote(here, where);
  started.push(remote);
  const connected = remote.connect();
  connected.catch(() => {}); // whoever waits for it is told
  return { remote, connected };
}

/** The page that mcp-remote would open, for a person who is signed in at the identity provider without being asked. */
async function pageOf({ wrote }: McpRemote, user: string, browser: WebBrowser): Promise<Place> {
  const [, link = ''] = await wrote(linkWritten);
  const url = new URL(link);
  url.searchParams.set('login_hint', user);
  return await browser.open(url);
}

const newBrowser = () => new WebBrowser(() => false);
const call = { name: 'get_customer_detail', arguments: { customer_id: 251 } };

describe('mcp-remote with nothing but the address', () => {
  it('signs its person in, calls a tool, and does so without the person when it is started again', async () => {
    const where = await home();
    const first = await start(address('contoso'), where);
    const browser = newBrowser();
    const page = await pageOf(first.remote, 'quinn@contoso', browser);
    expect(page.page).toMatch(/It calls itself “<bdi>[^<]+<\/bdi>”; nobody has checked that/);
    expect(page.page).toContain('A program on this computer (localhost:');
    const last = await browser.submit(page, { decision: 'allow' });
    expect(last.url.pathname).toBe('/oauth/callback');
    expect(last.url.searchParams.get('iss')).toMatch(/\/contoso-mcp$/);
    await first.connected;
    expect((await first.remote.client.callTool(call)).structuredContent).toMatchObject({ customer_id: 251 });
    await first.remote.stop();
    const second = await start(address('contoso'), where);
    await second.connected;
    expect((await second.remote.client.callTool(call)).structuredContent).toMatchObject({ customer_id: 251 });
  });

  it('is told when the person does not want to', async () => {
    const { remote } = await start(address('fabrikam'), await home());
    const browser = newBrowser();
    const page = await pageOf(remote, 'quinn@fabrikam', browser);
    const last = await browser.submit(page, { decision: 'deny' });
    expect(last.url.searchParams.get('error')).toBe('access_denied');
    expect(last.url.searchParams.get('error_description')).toBe('The person did not allow it.');
  });

  it('is asked about by itself in a browser where another one was allowed before', async () => {
    const browser = newBrowser();
    const allow = async ({ remote, connected }: Awaited<ReturnType<typeof start>>) => {
      const page = await pageOf(remote, 'agnes@contoso', browser);
      expect(page.page).toContain('Let a program act for you?');
      await browser.submit(page, { decision: 'allow' });
      await connected;
      return (await remote.client.listTools()).tools.map(({ name }) => name);
    };
    const { mcp, agentic } = accessOf(stack, 'contoso');
    // both run at once: the address is another one, and so is the port that mcp-remote makes of it
    const [tools, experts] = [await start(mcp, await home()), await start(agentic, await home())];
    expect(await allow(tools)).toContain('get_customer_detail');
    expect(await allow(experts)).toContain('ask_billing_expert');
  });

  it('waits while another one on the same computer signs in at the same address, whatever its folder', async () => {
    const first = await start(address('fabrikam'), await home());
    await first.remote.wrote(linkWritten);
    const second = await start(address('fabrikam'), await home());
    await second.remote.wrote(/Another instance is running the sign-in for this server/);
    await first.remote.stop();
    await second.remote.wrote(linkWritten);
  });
});
