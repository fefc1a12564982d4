import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import {
  askToRegister,
  assertPage,
  assertProblem,
  authorize,
  authorizeAddress,
  newBrowser,
  type Outcome,
  post,
  redeem,
  register,
  send,
  signIn,
  underWay,
} from '../requests.ts';
import type { World } from '../world.ts';

const stranger = { origin: 'https://evil.example' };
const asks = async (world: World, name = 'A program') =>
  await authorize(world, { client: await register(world, { name }) });

const cookiesOf = ({ headers }: { readonly headers: Headers }) => headers.getSetCookie();

/** A page with its person's question, where the service is reached by TLS. */
async function overTls(world: World): Promise<readonly string[]> {
  const base = 'https://mcp.contoso.example';
  const { answer } = await world.instance({ PUBLIC_BASE_URL: base });
  const parameters = { redirect_uri: 'http://127.0.0.1:7998/oauth/callback', resource: undefined };
  const address = authorizeAddress({ origin: base }, { client: 'mcp-inspector', parameters });
  const response = await answer(new Request(address, { headers: { host: 'mcp.contoso.example' } }));
  assert.equal(response.status, 200, await response.text());
  return cookiesOf(response);
}

const readableByStrangers = ({ headers }: Outcome) => headers.get('access-control-allow-origin');

export const pages: readonly Attack[] = [
  {
    name: 'the question in somebody else’s frame',
    async run(world) {
      const { headers } = await asks(world);
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    },
  },
  {
    name: 'the question in a frame of a browser that knows the policy only',
    async run(world) {
      const { headers } = await asks(world);
      assert.match(headers.get('content-security-policy') ?? '', /(^|; )frame-ancestors 'none'(;|$)/);
    },
  },
  {
    name: 'something from elsewhere in a page: a script, an image, a frame',
    async run(world) {
      const policy = (await asks(world)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'/);
      assert.doesNotMatch(policy, /script-src|img-src|unsafe/);
    },
  },
  {
    name: 'a form that sends the answer elsewhere',
    async run(world) {
      const policy = (await asks(world)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /form-action 'self'/);
      assert.match(policy, /base-uri 'none'/);
    },
  },
  {
    name: 'a program with markup for a name',
    async run(world) {
      const { text } = await asks(world, '</bdi><form action="https://evil.example"><b id=x>');
      assert.doesNotMatch(text, /<b id=x>|<form action="https:\/\/evil/);
      assert.match(text, /&#60;form action=/);
    },
  },
  {
    name: 'markup in what the identity provider says of an error',
    async run(world) {
      const { form, headers } = await underWay(world);
      const error = { error: 'server_error', error_description: '<script>1</script> AADSTS65001' };
      const outcome = await post(world, 'callback', { state: form.state, ...error }, { headers });
      assert.equal(outcome.status, 403);
      assert.doesNotMatch(outcome.text, /<script/);
      assert.match(outcome.text, /has not allowed this service yet/);
    },
  },
  {
    name: 'a page of another origin that reads the question',
    async run(world) {
      const client = await register(world);
      const path = authorizeAddress(world, { client }).slice(world.origin.length);
      const outcome = await send(world, path, { headers: stranger });
      assert.equal(outcome.status, 200);
      assert.equal(readableByStrangers(outcome), null);
    },
  },
  {
    name: 'a page of another origin that asks for tokens with the person’s cookies',
    async run(world) {
      const response = await fetch(`${world.origin}/contoso-mcp/oauth/token`, {
        method: 'POST',
        headers: stranger,
        body: new URLSearchParams({ grant_type: 'none' }),
      });
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    },
  },
  {
    name: 'cookies that a script can read',
    async run(world) {
      const cookies = cookiesOf(await asks(world));
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /; HttpOnly(;|$)/.test(cookie)));
    },
  },
  {
    name: 'cookies that go over the wire as they are',
    async run(world) {
      const cookies = await overTls(world);
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /; Secure(;|$)/.test(cookie)));
    },
  },
  {
    name: 'cookies that a neighbouring host sets',
    async run(world) {
      const cookies = await overTls(world);
      assert.ok(cookies.length > 0);
      assert.ok(cookies.every((cookie) => /^__Host-[^;]+; Path=\/;/.test(cookie)));
      assert.ok(cookies.every((cookie) => !/; Domain=/i.test(cookie)));
    },
  },
  {
    name: 'a remembered answer that goes along with another site’s form',
    async run(world) {
      const browser = newBrowser(world);
      await signIn(world, {}, browser, { decision: 'allow', remember: 'yes' });
      assert.equal(browser.cookiesOf('127.0.0.1').get('agreed')?.sameSite, 'lax');
    },
  },
  {
    name: 'a form that is no form',
    async run(world) {
      const body = 'grant_type=authorization_code';
      const init = { method: 'POST', body, headers: { 'content-type': 'text/plain' } };
      const outcome = await send(world, '/contoso-mcp/oauth/token', init);
      assertProblem(outcome, 415, 'invalid_request', /Send a form/);
    },
  },
  {
    name: 'a form without end',
    async run(world) {
      const outcome = await post(world, 'token', { grant_type: 'x'.repeat(40_000) });
      assertProblem(outcome, 413, 'invalid_request', /too large/);
    },
  },
  {
    name: 'a parameter that comes twice in a form',
    async run(world) {
      const signedIn = await signIn(world);
      const { status } = await redeem(world, signedIn, { code_verifier: undefined });
      assert.equal(status, 400);
      const init = {
        method: 'POST',
        body: 'grant_type=authorization_code&client_id=a&client_id=b',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
      const outcome = await send(world, '/contoso-mcp/oauth/token', init);
      assertProblem(outcome, 400, 'invalid_request', /A parameter comes twice/);
    },
  },
  {
    name: 'an answer that a cache keeps',
    async run(world) {
      const { headers } = await redeem(world, await signIn(world));
      assert.equal(headers.get('cache-control'), 'no-store');
    },
  },
  {
    name: 'an answer that says where the person came from',
    async run(world) {
      const { form, headers } = await underWay(world);
      const outcome = await post(world, 'callback', form, { headers });
      assert.equal(outcome.status, 303);
      assert.equal(outcome.headers.get('referrer-policy'), 'no-referrer');
    },
  },
  {
    name: 'a request under a name that is not the service’s',
    async run(world) {
      const { answer } = await world.instance();
      const request = new Request(`${world.origin}/contoso-mcp/oauth/register`, {
        method: 'POST',
        headers: { host: 'evil.example', 'content-type': 'application/json' },
        body: '{}',
      });
      const response = await answer(request);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /Use the public address of this service/);
    },
  },
  {
    name: 'a way round the gateway',
    async run(world) {
      const { answer } = await world.instance({ GATEWAY_KEY: 'only the gateway knows this and nobody else' });
      const host = new URL(world.origin).host;
      const response = await answer(
        new Request(authorizeAddress(world, { client: 'claude' }), { headers: { host } }),
      );
      assert.equal(response.status, 403);
      assert.match(await response.text(), /Use the public address of this service/);
    },
  },
  {
    name: 'a registration that is no JSON',
    async run(world) {
      const init = {
        method: 'POST',
        body: '{"redirect_uris":["http://127.0.0.1/"]}',
        headers: { 'content-type': 'text/plain' },
      };
      const outcome = await send(world, '/contoso-mcp/oauth/register', init);
      assertProblem(outcome, 415, 'invalid_client_metadata', /Send application\/json/);
    },
  },
  {
    name: 'an id that does not fit into an address',
    async run(world) {
      const redirects = Array.from(
        { length: 20 },
        (_, at) => `http://127.0.0.1/${crypto.randomUUID()}/${at}`,
      );
      assertProblem(
        await askToRegister(world, { redirects }),
        400,
        'invalid_client_metadata',
        /too long together/,
      );
    },
  },
  {
    name: 'a question with a client id without end',
    async run(world) {
      const outcome = await authorize(world, { client: `c1.${'A'.repeat(700)}` });
      assertPage(outcome, 400, /client_id is longer than 500 characters/);
    },
  },
];
