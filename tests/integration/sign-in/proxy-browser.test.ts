import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place, WebBrowser } from '#emulators/lib/web-browser';
import {
  answered,
  authorizeUrl,
  codeFor,
  newBrowser,
  type ProxyWorld,
  pkce,
  redeem,
  redirectUri,
  refresh,
  register,
  startProxyWorld,
} from './proxy-world.ts';

let world: ProxyWorld;
let base: string;
let client: string;

beforeAll(async () => {
  world = await startProxyWorld();
  base = `${world.origin}/contoso-mcp`;
  client = await register(base);
}, 120_000);

afterAll(() => world?.close());

const open = (changes: Record<string, string | undefined> = {}) =>
  newBrowser().open(authorizeUrl(base, client, changes));
const hidden = (page: string | undefined, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page ?? '')?.[1] ?? '';

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

/** Sends what a form of the page would send, with what an attacker changes. */
async function postForm(
  operation: string,
  form: Record<string, string>,
  { browser, headers = {} }: { browser?: WebBrowser; headers?: Record<string, string> } = {},
): Promise<{ status: number; page: string }> {
  const cookies = [...(browser?.cookiesOf('127.0.0.1') ?? [])].map(([name, { value }]) => `${name}=${value}`);
  const response = await fetch(`${base}/oauth/${operation}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { cookie: cookies.join('; '), origin: world.origin, ...headers },
    redirect: 'manual',
  });
  return { status: response.status, page: await response.text() };
}

describe('an answer to the page', () => {
  let browser: WebBrowser;
  let asked: Place;
  const form = () => ({
    handle: hidden(asked.page, 'handle'),
    csrf: hidden(asked.page, 'csrf'),
    decision: 'allow',
  });

  beforeAll(async () => {
    browser = newBrowser();
    asked = await browser.open(authorizeUrl(base, client));
  });

  it('counts from its own browser, page and origin', async () => {
    expect(await postForm('consent', form(), { browser })).toMatchObject({ status: 200 });
  });

  it('does not count from another browser', async () => {
    expect(await postForm('consent', form())).toMatchObject({ status: 400 });
  });

  it.each([
    ['another page', { csrf: 'guessed' }],
    ['no page', { csrf: '' }],
    ['another sign-in', { handle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('does not count from %s', async (_what, changes) => {
    const { status, page } = await postForm('consent', { ...form(), ...changes }, { browser });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(page).not.toContain('code_challenge');
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an unknown origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('does not count from %s', async (_what, headers) => {
    expect(await postForm('consent', form(), { browser, headers })).toMatchObject({ status: 403 });
  });
});

describe('an answer of the identity provider', () => {
  /** Goes as far as the provider's page, and no further. */
  async function agreed(): Promise<{ browser: WebBrowser; state: string }> {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client));
    const form = {
      handle: hidden(asked.page, 'handle'),
      csrf: hidden(asked.page, 'csrf'),
      decision: 'allow',
    };
    const cookies = browser.cookiesOf('127.0.0.1');
    const response = await fetch(`${base}/oauth/consent`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: {
        origin: world.origin,
        cookie: [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; '),
      },
    });
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? '') ?? [];
    (cookies as Map<string, { value: string; sameSite: string }>).set(name, { value, sameSite: 'none' });
    return { browser, state: form.handle };
  }

  it.each([
    [
      'AADSTS65001: The user or administrator has not consented',
      /administrator of your organisation to give consent/,
    ],
    ['AADSTS90094: Admin consent is required', /give consent/],
    ['AADSTS50105: The signed in user is not assigned to a role', /not assigned to this service/],
    [
      'AADSTS50020: User account from identity provider does not exist in tenant',
      /account is none of Contoso &#38; Sons/,
    ],
    ['AADSTS9010010: The resource does not match the scopes', /whoever runs the service/],
    ['AADSTS53003: Access has been blocked by Conditional Access policies', /rules of Contoso/],
    ['something else', /did not sign you in/],
  ])('(%s) is a sentence for the person', async (description, sentence) => {
    const { browser, state } = await agreed();
    const correlation = 'Correlation ID: 0b8f6f0e-6f1d-4a53-9c39-0f0c7e3a8f11';
    const form = {
      state,
      error: 'invalid_client',
      error_description: `${description} ${correlation} sara@contoso`,
    };
    const { status, page } = await postForm('callback', form, {
      browser,
      headers: { origin: world.provider.origin },
    });
    expect(status).toBe(403);
    expect(page).toMatch(sentence);
    expect(page).toContain('0b8f6f0e-6f1d-4a53-9c39-0f0c7e3a8f11');
    expect(page).not.toMatch(/sara@contoso|AADSTS\d+:/);
    expect(page).toContain('error=access_denied');
  });

  it('of a person who did not want to goes to the client at once', async () => {
    const { browser, state } = await agreed();
    const { status } = await postForm('callback', { state, error: 'access_denied' }, { browser });
    expect(status).toBe(303);
  });

  it('counts in the browser that began, once', async () => {
    const { browser, state } = await agreed();
    expect(await postForm('callback', { state, code: 'x' })).toMatchObject({ status: 400 });
    expect(await postForm('callback', { state: 'other', code: 'x' }, { browser })).toMatchObject({
      status: 400,
    });
    expect(
      await postForm('callback', { state, code: 'x', iss: 'https://evil.example' }, { browser }),
    ).toMatchObject({ status: 400 });
    expect(await postForm('callback', { state, code: 'x' }, { browser })).toMatchObject({ status: 303 });
    expect(await postForm('callback', { state, code: 'x' }, { browser })).toMatchObject({ status: 400 });
  });

  it('does not count before the person agreed', async () => {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client));
    const form = { state: hidden(asked.page, 'handle'), code: 'x' };
    expect(await postForm('callback', form, { browser })).toMatchObject({ status: 400 });
  });

  it('does not count with the cookie of another sign-in', async () => {
    const { browser, state } = await agreed();
    const another = await agreed();
    const value = another.browser.cookiesOf('127.0.0.1').get(`sign-in-${another.state}`)?.value ?? '';
    const swapped = newBrowser();
    await swapped.open(authorizeUrl(base, client));
    const cookies = swapped.cookiesOf('127.0.0.1') as Map<string, { value: string; sameSite: string }>;
    cookies.set(`sign-in-${state}`, { value, sameSite: 'none' });
    expect(await postForm('callback', { state, code: 'x' }, { browser: swapped })).toMatchObject({
      status: 400,
    });
    expect(await postForm('callback', { state, code: 'x' }, { browser })).toMatchObject({ status: 303 });
  });

  it('does not count at another tenant', async () => {
    const { browser, state } = await agreed();
    const cookies = [...browser.cookiesOf('127.0.0.1')]
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(`${world.origin}/fabrikam-mcp/oauth/callback`, {
      method: 'POST',
      body: new URLSearchParams({ state, code: 'x' }),
      headers: { cookie: cookies },
      redirect: 'manual',
    });
    expect(response.status).toBe(400);
  });
});

describe('a code', () => {
  it.each([
    ['with another verifier', { code_verifier: 'a'.repeat(43) }],
    ['without a verifier', { code_verifier: '' }],
    ['for another redirect', { redirect_uri: 'http://127.0.0.1:7996/callback' }],
    ['of another client', { client_id: 'claude' }],
  ])('is nothing %s, and still good for its client', async (_what, changes) => {
    const code = await codeFor(base, client);
    expect(await redeem(base, client, code, changes)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await redeem(base, client, code)).toMatchObject({ status: 200 });
  });

  it('is for the endpoint that the person agreed to', async () => {
    const code = await codeFor(base, client);
    const changes = { resource: `${base}/agentic/mcp` };
    expect(await redeem(base, client, code, changes)).toMatchObject({ body: { error: 'invalid_target' } });
  });

  it('is good once, and what came of it ends when it comes twice', async () => {
    const code = await codeFor(base, client);
    const both = await Promise.all([redeem(base, client, code), redeem(base, client, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    const won = both.find(({ status }) => status === 200);
    expect(await refresh(base, client, won?.body.refresh_token ?? '')).toMatchObject({
      body: { error: 'invalid_grant' },
    });
  });

  it('is good for a minute', async () => {
    const code = await codeFor(base, client);
    world.change({ now: () => new Date(Date.now() + 61_000) });
    const late = await redeem(base, client, code);
    world.change({ now: () => new Date() });
    expect(late).toMatchObject({ body: { error: 'invalid_grant' } });
  });
});
