import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInvitation, newPersonId } from '#platform/sign-in/own/invitation';
import { type PeopleStore, peopleStore } from '#platform/storage/people-store';
import { WebBrowser } from '../../emulators/lib/web-browser.ts';
import { Authenticator, type Unusual } from '../support/authenticator.ts';
import { testDataStorage, testStorage } from '../support/azurite.ts';
import { NewClient, redirectUri } from '../support/new-client.ts';
import { runEntry } from '../support/run.ts';
import { fetchFrom } from '../support/whole-app.ts';
import { startTarget, type Target } from './target.ts';

const origin = 'http://localhost:7071';
const base = `${origin}/acme-mcp`;
const mcp = `${base}/mcp`;

let target: Target;
let people: PeopleStore;
/** Two instances, one after the other. */
let reach: typeof fetch;

beforeAll(async () => {
  target = await startTarget();
  const tenants = ['acme', 'other'].map((name, at) => {
    const { slug = '', tid = '' } = target.tenants[at] ?? {};
    return { slug, tenantIds: [tid], displayName: name, route: `${name}-mcp` };
  });
  const env = { SIGN_IN: 'own', MCP_API_AUDIENCE: '', TENANTS: JSON.stringify(tenants) };
  const instances = [await target.instance(env), await target.instance(env)];
  reach = fetchFrom(
    origin,
    instances.map(({ app }) => app),
  );
  people = peopleStore(await testStorage(), target.tenants[0].slug);
});
afterAll(() => target?.stop());

interface Invited {
  readonly id: string;
  readonly link: string;
  readonly device: Authenticator;
  readonly browser: WebBrowser;
}

async function invite(roles: readonly string[] = ['query'], at = new Date()): Promise<Invited> {
  const id = newPersonId();
  const { link, kept } = newInvitation(base, id, at);
  await people.add({ id, name: 'Ada', roles, invitation: kept });
  const device = new Authenticator();
  const browser = new WebBrowser((url) => url.href.startsWith(redirectUri), { device, reach });
  return { id, link, device, browser };
}

/** Somebody who has made their passkey. */
async function member(roles?: readonly string[]): Promise<Invited> {
  const invited = await invite(roles);
  expect((await invited.browser.open(invited.link)).page).toContain('You can sign in now');
  return invited;
}

async function signedIn({ browser }: Invited, address = mcp): Promise<{ client: Client; who: NewClient }> {
  const who = new NewClient('', { browser });
  const transport = () =>
    new StreamableHTTPClientTransport(new URL(address), { authProvider: who, fetch: reach });
  const newClient = () =>
    new Client({ name: 'tests', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const first = transport();
  const failure = await newClient()
    .connect(first)
    .catch((error: unknown) => error);
  if (!(failure instanceof UnauthorizedError)) {
    throw failure; // what the person was shown
  }
  await first.finishAuth(who.answer);
  const client = newClient();
  await client.connect(transport());
  return { client, who };
}

async function giveRoles({ id }: Invited, roles: readonly string[]): Promise<void> {
  const stored = await people.get(id);
  if (stored === undefined) {
    throw new Error('There is no such person.');
  }
  await people.change({ ...stored, roles });
}

async function refresh(who: NewClient): Promise<{ status: number; error?: string; refresh_token?: string }> {
  const { refresh_token: token = '' } = who.tokens() ?? {};
  const response = await reach(`${base}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: who.clientInformation()?.client_id ?? '',
    }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('somebody who was invited', () => {
  it('makes a passkey, and gets from the bare address to a working call with it', async () => {
    const { client } = await signedIn(await member());
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('get_products');
    expect(names).not.toContain('pay_invoice');
    const result = await client.callTool({ name: 'get_products', arguments: {} });
    expect(result.isError).not.toBe(true);
    await client.close();
  });

  it('gets a token for the address that the client has, and from the issuer that it knows', async () => {
    const { client, who } = await signedIn(await member());
    await client.close();
    expect(decodeJwt(who.tokens()?.access_token ?? '')).toMatchObject({ iss: base, aud: mcp });
  });

  it('may do what the account says at the next token, and nothing once it is gone', async () => {
    const somebody = await member(['query']);
    const { client, who } = await signedIn(somebody);
    await client.close();
    await giveRoles(somebody, ['query', 'billing']);
    const again = await signedIn(somebody);
    const names = (await again.client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('pay_invoice');
    await again.client.close();
    await people.remove(somebody.id);
    expect(await refresh(who)).toMatchObject({ status: 400, error: 'invalid_grant' });
    await expect(signedIn(somebody)).rejects.toThrow(/not known here/);
  });
});

it('the command invites, lists and removes', async () => {
  const command = (...args: string[]) =>
    runEntry('scripts/invite/cli.ts', ['--tenant', target.tenants[0].slug, ...args], {
      DATA_STORAGE: testDataStorage(),
    });
  const invited = await command('--name', 'Grace', '--role', 'query', '--address', base);
  expect(invited.code).toBe(0);
  const link = invited.output.split('\n').find((line) => line.startsWith(base)) ?? '';
  const browser = new WebBrowser(() => false, { device: new Authenticator(), reach });
  expect((await browser.open(link)).page).toContain('You can sign in now');
  const id = new URL(link).searchParams.get('person') ?? '';
  expect((await command()).output).toContain(`${id}  Grace  query`);
  expect((await command('--person', id, '--remove')).code).toBe(0);
  expect(await people.get(id)).toBeUndefined();
  expect((await command('--name', 'Grace', '--role', 'queen')).output).toContain('no role "queen"');
});

describe('an invitation', () => {
  it('works once', async () => {
    const invited = await member();
    const again = await invited.browser.open(invited.link);
    expect(again).toMatchObject({ status: 403, page: expect.stringContaining('was used') });
  });

  it.each<[string, (invited: Invited) => string]>([
    ['of another token', ({ link }) => `${link}x`],
    ['of somebody else', ({ link, id }) => link.replace(id, newPersonId())],
    ['at another organisation', ({ link }) => link.replace('acme-mcp', 'other-mcp')],
  ])('%s is none', async (_what, change) => {
    const invited = await invite();
    const shown = await invited.browser.open(change(invited));
    expect(shown).toMatchObject({ status: 403, page: expect.stringContaining('was used, or has expired') });
  });

  it('ends after a week', async () => {
    const { browser, link } = await invite(['query'], new Date(Date.now() - 8 * 86_400_000));
    expect((await browser.open(link)).status).toBe(403);
  });

  it.each<[string, Unusual]>([
    ['made for another site', { origin: 'http://localhost:7072' }],
    ['made for another invitation', { challenge: Buffer.from('other').toString('base64url') }],
    ['that did not ask for its owner', { userVerified: false }],
  ])('takes no passkey %s', async (_what, unusual) => {
    const { browser, device, link } = await invite();
    device.unusual = unusual;
    expect((await browser.open(link)).status).toBe(403);
    device.unusual = {};
    expect((await browser.open(link)).status).toBe(200);
  });
});

describe('nobody signs in', () => {
  it.each<[string, Unusual]>([
    ['with a key that was not registered', { otherKey: true }],
    ['on another site', { origin: 'http://localhost:7072' }],
    ['with an answer to another sign-in', { challenge: Buffer.from('x'.repeat(43)).toString('base64url') }],
    ['on a device that did not ask for its owner', { userVerified: false }],
    ['as somebody else', { userHandle: Buffer.from(newPersonId()).toString('base64url') }],
  ])('%s', async (_what, unusual) => {
    const somebody = await member();
    somebody.device.unusual = unusual;
    await expect(signedIn(somebody)).rejects.toThrow(/not known here/);
  });

  it('at an organisation that they do not belong to', async () => {
    const somebody = await member();
    await expect(signedIn(somebody, `${origin}/other-mcp/mcp`)).rejects.toThrow(/not known here/);
  });

  it('with a token of a directory', async () => {
    const token = target.authority.mint(target.tenants[0].tid);
    const response = await reach(mcp, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });
});

describe('the page with the passkey', () => {
  it('runs its own script alone, and is framed by nobody', async () => {
    const { link } = await invite();
    const { headers } = await reach(link);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; .*script-src 'sha256-[\w+/]+=*'$/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('is at localhost, because browsers have no passkeys for an IP address', async () => {
    const response = await reach(`${origin}/.well-known/oauth-protected-resource/acme-mcp/mcp`);
    expect(await response.json()).toMatchObject({ authorization_servers: [base] });
    const { link } = await invite();
    expect(new URL(link).hostname).toBe('localhost');
  });
});
