import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answered,
  authorizeUrl,
  newBrowser,
  type ProxyWorld,
  pkce,
  redirectUri,
  register,
  startWithClient,
} from './proxy-world.ts';

let world: ProxyWorld;
let base: string;
let client: string;

const open = (changes: Record<string, string | undefined> = {}) =>
  newBrowser().open(authorizeUrl(base, client, changes));

beforeAll(async () => {
  ({ world, base, client } = await startWithClient());
});

afterAll(() => world?.close());

describe('a request of a client', () => {
  it.each([
    ['an unknown client', { client_id: 'unheard-of' }],
    ['no client', { client_id: undefined }],
    ['a redirect of another client', { redirect_uri: 'http://127.0.0.1:7997/other' }],
    ['no redirect', { redirect_uri: undefined }],
    ['a redirect with more in it', { redirect_uri: `${redirectUri}?next=https://evil.example` }],
    ['a redirect with a fragment', { redirect_uri: `${redirectUri}#x` }],
    ['a redirect over TLS', { redirect_uri: redirectUri.replace('http:', 'https:') }],
    [
      'a redirect to another name of this machine',
      { redirect_uri: redirectUri.replace('127.0.0.1', 'localhost') },
    ],
    ['a redirect with a line break', { redirect_uri: `${redirectUri}\r\nSet-Cookie: a=b` }],
  ])('with %s is a page, and nobody is sent anywhere', async (_what, changes) => {
    const place = await open(changes);
    expect(place.page).toContain('Sign-in is not possible');
    expect(place.status).toBeGreaterThanOrEqual(400);
    expect(place.headers.get('location')).toBeNull();
  });

  it.each([
    ['no challenge', { code_challenge: undefined }, 'invalid_request'],
    [
      'a plain challenge',
      { code_challenge_method: 'plain', code_challenge: pkce.verifier },
      'invalid_request',
    ],
    ['a challenge of no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['a token instead of a code', { response_type: 'token' }, 'unsupported_response_type'],
    ['an answer in the fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['a request object', { request: 'e30.e30.' }, 'invalid_request'],
    ['the endpoint of another tenant', { resource: 'RESOURCE' }, 'invalid_target'],
    ['another service', { resource: 'https://other.example/mcp' }, 'invalid_target'],
    ['no question', { prompt: 'none' }, 'interaction_required'],
  ])('with %s is told so', async (_what, changes, error) => {
    const named = Object.entries(changes).map(([name, value]) => [
      name,
      value === 'RESOURCE' ? `${world.origin}/fabrikam-mcp/mcp` : value,
    ]);
    const answer = answered(await open(Object.fromEntries(named)));
    expect(answer.get('error')).toBe(error);
    expect(answer.get('state')).toBe('the client’s own');
    expect(answer.get('iss')).toBe(base);
    expect(answer.get('error_description')).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  it('twice the same parameter is a page', async () => {
    const url = authorizeUrl(base, client);
    url.searchParams.append('redirect_uri', 'http://127.0.0.1:1/');
    expect((await newBrowser().open(url)).page).toContain('comes twice');
  });

  it('from any port of the person’s machine goes back there', async () => {
    const redirect_uri = 'http://127.0.0.1:7997/callback'.replace('7997', '51000');
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client, { redirect_uri }));
    await browser.submit(asked, { decision: 'allow' }).catch(() => {}); // nobody listens there
    expect(browser.visited.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:51000\/callback\?code=/);
  });
});

it('a browser keeps the newest three sign-ins', async () => {
  const browser = newBrowser();
  for (let sign = 0; sign < 5; sign += 1) {
    await browser.open(authorizeUrl(base, client));
  }
  const last = await browser.open(authorizeUrl(base, client));
  expect(browser.cookiesOf('127.0.0.1').size).toBe(3);
  answered(await browser.submit(last, { decision: 'allow' }));
});

describe('the page that asks', () => {
  it('says who asks, for what, in whose organisation, and where the answer goes', async () => {
    const { page = '', headers } = await open();
    expect(page).toContain('It calls itself “<bdi>A client</bdi>”; nobody has checked that');
    expect(page).toContain(`The tools at ${base}/mcp`);
    expect(page).toContain('Contoso &#38; Sons');
    expect(page).toContain('A program on this computer (127.0.0.1:7997)');
    expect(page).toContain('Any program on this computer may be behind that address.');
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*form-action 'self'; frame-ancestors 'none'/,
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(page).not.toMatch(/<script|<img|src=/);
  });

  it('can be used by keyboard and read aloud', async () => {
    const { page = '' } = await open();
    expect(page).toMatch(/<html lang="en">/);
    expect(page).toMatch(/<main><h1>/);
    expect(page).toMatch(/<label><input type="checkbox"[^>]*> [^<]+<\/label>/);
    expect(page).toMatch(/<button name="decision" value="allow">Allow<\/button>/);
    expect(page).not.toMatch(/tabindex|autofocus|onclick/);
  });

  it('shows a name with markup and direction marks as text', async () => {
    const odd = await register(base, { client_name: '<b>Contoso</b> \u202eetis' });
    const { page = '' } = await newBrowser().open(authorizeUrl(base, odd));
    expect(page).toContain('&#60;b&#62;Contoso&#60;/b&#62; \\u202eetis');
  });

  it('warns of nothing where a page of the web waits, and names its host', async () => {
    const web = await register(base, { redirect_uris: ['https://vscode.dev/redirect'] });
    const { page = '' } = await newBrowser().open(
      authorizeUrl(base, web, { redirect_uri: 'https://vscode.dev/redirect' }),
    );
    expect(page).toContain('<strong>vscode.dev</strong>');
    expect(page).not.toContain('Any program');
  });

  it('takes no for an answer', async () => {
    const browser = newBrowser();
    const answer = answered(
      await browser.submit(await browser.open(authorizeUrl(base, client)), { decision: 'deny' }),
    );
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('code')).toBeNull();
  });

  it('is asked once where its person wants that, but whenever the client does', async () => {
    const browser = newBrowser();
    const url = authorizeUrl(base, client);
    answered(await browser.submit(await browser.open(url), { decision: 'allow', remember: 'yes' }));
    expect(answered(await browser.open(url)).get('code')).toBeTruthy();
    const asking = authorizeUrl(base, client, { prompt: 'consent' });
    expect((await browser.open(asking)).page).toContain('Let a program act for you?');
    const another = await register(base, { client_name: 'Another' });
    expect((await browser.open(authorizeUrl(base, another))).page).toContain('Another');
    expect((await newBrowser().open(url)).page).toContain('Let a program act for you?');
  });
});

it('a client that wants no question hears that one is needed, and its person sees nothing', async () => {
  const browser = newBrowser();
  const asked = await browser.open(authorizeUrl(base, client));
  answered(await browser.submit(asked, { decision: 'allow', remember: 'yes' }));
  const silent = authorizeUrl(base, client, { prompt: 'none', login_hint: undefined });
  expect(answered(await browser.open(silent)).get('error')).toBe('interaction_required');
});
