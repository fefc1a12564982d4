import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place, WebBrowser } from '#emulators/lib/web-browser';
import { agreed, agreement, cookiesOf, hidden, postForm } from './proxy-forms.ts';
import {
  authorizeUrl,
  codeFor,
  newBrowser,
  type ProxyWorld,
  redeem,
  refresh,
  startWithClient,
} from './proxy-world.ts';

let world: ProxyWorld;
let base: string;
let client: string;

beforeAll(async () => {
  ({ world, base, client } = await startWithClient());
});

afterAll(() => world?.close());

describe('an answer to the page', () => {
  let browser: WebBrowser;
  let asked: Place;
  const form = () => agreement(asked.page);

  beforeAll(async () => {
    browser = newBrowser();
    asked = await browser.open(authorizeUrl(base, client));
  });

  it('counts from its own browser, page and origin', async () => {
    expect(await postForm(base, 'consent', form(), { browser })).toMatchObject({ status: 200 });
  });

  it('does not count from another browser', async () => {
    expect(await postForm(base, 'consent', form())).toMatchObject({ status: 400 });
  });

  it.each([
    ['another page', { csrf: 'guessed' }],
    ['no page', { csrf: '' }],
    ['another sign-in', { handle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('does not count from %s', async (_what, changes) => {
    const { status, page } = await postForm(base, 'consent', { ...form(), ...changes }, { browser });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(page).not.toContain('code_challenge');
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an unknown origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('does not count from %s', async (_what, headers) => {
    expect(await postForm(base, 'consent', form(), { browser, headers })).toMatchObject({ status: 403 });
  });
});

describe('an answer of the identity provider', () => {
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
    const { browser, state } = await agreed(base, client);
    const correlation = 'Correlation ID: 0b8f6f0e-6f1d-4a53-9c39-0f0c7e3a8f11';
    const form = {
      state,
      error: 'invalid_client',
      error_description: `${description} ${correlation} sara@contoso`,
    };
    const { status, page } = await postForm(base, 'callback', form, {
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
    const { browser, state } = await agreed(base, client);
    const { status } = await postForm(base, 'callback', { state, error: 'access_denied' }, { browser });
    expect(status).toBe(303);
  });

  it('counts in the browser that began, once', async () => {
    const { browser, state } = await agreed(base, client);
    expect(await postForm(base, 'callback', { state, code: 'x' })).toMatchObject({ status: 400 });
    expect(await postForm(base, 'callback', { state: 'other', code: 'x' }, { browser })).toMatchObject({
      status: 400,
    });
    expect(
      await postForm(base, 'callback', { state, code: 'x', iss: 'https://evil.example' }, { browser }),
    ).toMatchObject({ status: 400 });
    expect(await postForm(base, 'callback', { state, code: 'x' }, { browser })).toMatchObject({
      status: 303,
    });
    expect(await postForm(base, 'callback', { state, code: 'x' }, { browser })).toMatchObject({
      status: 400,
    });
  });

  it('does not count before the person agreed', async () => {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client));
    const form = { state: hidden(asked.page, 'handle'), code: 'x' };
    expect(await postForm(base, 'callback', form, { browser })).toMatchObject({ status: 400 });
  });

  it('does not count with the cookie of another sign-in', async () => {
    const { browser, state } = await agreed(base, client);
    const another = await agreed(base, client);
    const value = cookiesOf(another.browser).get(`sign-in-${another.state}`)?.value ?? '';
    const swapped = newBrowser();
    await swapped.open(authorizeUrl(base, client));
    cookiesOf(swapped).set(`sign-in-${state}`, { value, sameSite: 'none' });
    expect(await postForm(base, 'callback', { state, code: 'x' }, { browser: swapped })).toMatchObject({
      status: 400,
    });
    expect(await postForm(base, 'callback', { state, code: 'x' }, { browser })).toMatchObject({
      status: 303,
    });
  });

  it('does not count at another tenant', async () => {
    const { browser, state } = await agreed(base, client);
    const other = `${world.origin}/fabrikam-mcp`;
    const response = await postForm(other, 'callback', { state, code: 'x' }, { browser });
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
