import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { askToRegister, assertPage, assertProblem, authorize, ownRedirect, register } from '../requests.ts';
import { documentHost, type World } from '../world.ts';

/** A program that asks for nothing but this redirect gets no id. */
const unregistrable = (what: string, redirect: string, words: RegExp): Attack => ({
  name: `a program that registers ${what}`,
  async run(world) {
    const outcome = await askToRegister(world, { redirects: [redirect] });
    assertProblem(outcome, 400, 'invalid_redirect_uri', words);
  },
});

const odd = /no whole address in its plain form/;
const unlisted = /neither on the user’s machine nor listed/;

/** A program with one of these redirects asks for the other. */
const notItsOwn = (what: string, redirect: string, own = ownRedirect): Attack => ({
  name: `an answer that is to go to ${what}`,
  async run(world) {
    const client = await register(world, { redirects: [own] });
    const outcome = await authorize(world, { client, parameters: { redirect_uri: redirect } });
    assertPage(outcome, 400, /an address that is not one of its own/);
  },
});

const claude = 'https://claude.ai/api/mcp/auth_callback';

export const redirects: readonly Attack[] = [
  notItsOwn('an address that the program did not register', 'https://evil.example/callback'),
  notItsOwn('another path on the person’s machine', 'http://127.0.0.1:7998/other'),
  notItsOwn('another name of the person’s machine', 'http://localhost:7998/callback'),
  notItsOwn('another port of a host on the web', 'https://claude.ai:8443/api/mcp/auth_callback', claude),
  notItsOwn('a host that begins with the right one', 'http://127.0.0.1.evil.example/callback'),
  notItsOwn('a user-info that looks like the right host', 'http://127.0.0.1:7998@evil.example/callback'),
  notItsOwn('the right address with a fragment', `${ownRedirect}#x`),
  notItsOwn('the right address with a way round', 'http://127.0.0.1:7998/a/../callback'),
  notItsOwn('the right address with a query', `${ownRedirect}?to=evil.example`),
  unregistrable('a user-info', 'http://claude.ai@127.0.0.1/callback', odd),
  unregistrable('a fragment', 'http://127.0.0.1/callback#x', odd),
  unregistrable('a way round', 'http://127.0.0.1/a/%2e%2e/callback', odd),
  unregistrable('a backslash', 'http://127.0.0.1\\@evil.example/callback', odd),
  unregistrable('a host in capital letters', 'http://LOCALHOST/callback', odd),
  unregistrable('a number for a host', 'http://2130706433/callback', odd),
  unregistrable(
    'a host that looks like a known one',
    'https://claude.ai.evil.example/api/mcp/auth_callback',
    unlisted,
  ),
  unregistrable('a page that is not listed', 'https://evil.example/callback', unlisted),
  unregistrable(
    'another port of a page that is listed',
    'https://claude.ai:8443/api/mcp/auth_callback',
    unlisted,
  ),
  unregistrable('a page without TLS', 'http://evil.example/callback', unlisted),
  unregistrable('a scheme of its own', 'evil-app:/callback', unlisted),
  unregistrable('a script', 'javascript:alert(1)', odd),
  {
    name: 'a document that lists a page of an attacker',
    async run(world) {
      const client = `https://${documentHost}/with-page.json`;
      const redirect = 'https://evil.example/callback';
      serveDocument(world, client, redirect);
      const outcome = await authorize(world, { client, parameters: { redirect_uri: redirect } });
      assertPage(outcome, 400, /neither on the user’s machine nor listed/);
    },
  },
  {
    name: 'an open redirect: what is wrong with a request of a client that nobody knows',
    async run(world) {
      const parameters = { redirect_uri: 'https://evil.example/callback', response_type: 'token' };
      assertPage(
        await authorize(world, { client: 'nobody', parameters }),
        400,
        /client_id is not known here/,
      );
    },
  },
  {
    name: 'an open redirect: what is wrong with a request of a known client',
    async run(world) {
      const parameters = { redirect_uri: 'https://evil.example/callback', response_type: 'token' };
      assertPage(await authorize(world, { client: 'claude', parameters }), 400, /not one of its own/);
    },
  },
  {
    name: 'a second redirect behind the first',
    async run(world) {
      const client = await register(world);
      const path = `/contoso-mcp/oauth/authorize?client_id=${encodeURIComponent(client)}`;
      const both = `&redirect_uri=${encodeURIComponent(ownRedirect)}&redirect_uri=https%3A%2F%2Fevil.example%2F`;
      const response = await fetch(`${world.origin}${path}${both}`, { redirect: 'manual' });
      const outcome = { status: response.status, headers: response.headers, text: await response.text() };
      assertPage(outcome, 400, /A parameter comes twice/);
    },
  },
  {
    name: 'a state that is to split the response',
    async run(world) {
      const state = 'x\r\nSet-Cookie: agreed=1\r\n\r\n<p>';
      const parameters = { response_type: 'token', state };
      const { headers } = await authorize(world, { client: await register(world), parameters });
      const location = headers.get('location') ?? '';
      assert.match(location, /^[!-~]+$/);
      assert.equal(new URL(location).searchParams.get('state'), state);
      assert.equal(headers.get('set-cookie'), null);
    },
  },
];

function serveDocument(world: World, client_id: string, redirect: string): void {
  world.answerDocument = (_, response) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ client_id, client_name: 'A program', redirect_uris: [redirect] }));
}
