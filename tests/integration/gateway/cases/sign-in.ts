import assert from 'node:assert/strict';
import http from 'node:http';
import { queryLimit } from '#gateway/language/limits';
import { serverMetadataPaths, signInOperations } from '#gateway/sign-in';
import { limits } from '../tight-limits.ts';
import { backendKey, type EdgeUnderTest } from '../world.ts';
import { assertForwarded, assertProblem, assertRefused } from './assertions.ts';
import { preflight } from './browser.ts';
import { type Case, type Outcome, type Sent, sendTo } from './case.ts';
import { forgeable } from './forged-headers.ts';
import { traceparent } from './forwarding.ts';
import { newTrace } from './refusal-reports.ts';
import {
  anyPage,
  assertNothingForged,
  assertReported,
  assertTold,
  eachOperation,
  served,
  sound,
  withHeaders,
} from './sign-in-requests.ts';

const forwardingCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} needs no token, and reaches its backend with its route, and as it may`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const sent = sound(operation, edge);
    const forged = withHeaders(sent, Object.fromEntries(forgeable.map((name) => [name, 'forged'])));
    const outcome = await sendTo(edge, surroundings, `${address}?a=b`, forged);
    const arrival = assertForwarded(outcome, slug);
    assert.equal(arrival.method, operation.method);
    assert.equal(arrival.url, operation.query ? `${address}?a=b` : address);
    assertNothingForged(arrival);
    const { headers } = arrival;
    assert.equal(headers['x-tenant-id'], slug);
    assert.equal(headers['x-gateway-key'], backendKey);
    assert.equal(headers['x-forwarded-host'], '127.0.0.1');
    assert.match(String(headers.traceparent), traceparent);
    assert.equal(headers.origin, operation.from === 'own-page' ? edge.origin : undefined);
    assert.equal(headers.cookie, operation.from === 'navigation' ? 'a=b' : undefined);
    const isOpen = operation.from === 'any-origin';
    assert.equal(outcome.headers.get('access-control-allow-origin'), isOpen ? '*' : null);
    assert.equal(
      outcome.headers.get('access-control-expose-headers'),
      isOpen ? 'X-Correlation-Id, Retry-After' : null,
    );
    assert.equal(outcome.headers.get('access-control-allow-credentials'), null);
  },
}));

const preflightCases = eachOperation((_, { method, from }, address) => ({
  name: `${address} ${from === 'any-origin' ? 'may be called by any page' : 'may be called by no page'}`,
  variant: 'ordinary',
  async run(edge) {
    const { headers } = await preflight(edge, address, anyPage, method);
    const allowed = ['origin', 'methods', 'headers'].map((what) =>
      headers.get(`access-control-allow-${what}`),
    );
    const open = ['*', method, 'Authorization, Content-Type, MCP-Protocol-Version'];
    assert.deepEqual(allowed, from === 'any-origin' ? open : [null, null, null]);
    assert.equal(headers.get('access-control-max-age'), from === 'any-origin' ? '600' : null);
  },
}));

const bodyCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} takes a short body of the right kind`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { takes } = operation;
    if (takes === undefined) {
      return;
    }
    const sent = sound(operation, edge);
    const refused = (changed: Sent, ...answer: [number, string, string]) =>
      assertTold(edge, surroundings, slug, address, changed, answer);
    const sentence = `Send the body as ${takes}.`;
    for (const type of ['text/plain', 'multipart/form-data; boundary=a']) {
      const other = withHeaders(sent, { 'content-type': type });
      await refused(other, 415, 'Unsupported Media Type', sentence);
    }
    const long = { ...sent, body: 'a'.repeat(100_000) };
    await refused(long, 413, 'Content Too Large', 'Send less than 100,000 bytes.');
    const fits = { ...sent, body: 'a'.repeat(99_999) };
    assertForwarded(await sendTo(edge, surroundings, address, fits), slug);
  },
}));

const scriptCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} is asked for by ${operation.from === 'any-origin' ? 'scripts' : 'people, not by scripts'}`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    for (const what of ['empty', 'iframe', 'image']) {
      const sent = withHeaders(sound(operation, edge), { 'sec-fetch-dest': what });
      if (operation.from === 'any-origin') {
        assertForwarded(await sendTo(edge, surroundings, address, sent), slug);
      } else {
        const sentence = 'Open this address in a browser window; a page cannot call it.';
        await assertTold(edge, surroundings, slug, address, sent, [403, 'Forbidden', sentence]);
      }
    }
  },
}));

const formCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} takes ${operation.from === 'own-page' ? 'the form of its own page alone' : 'what comes from elsewhere'}`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { headers: { origin: _, ...others } = {}, ...sent } = sound(operation, edge);
    for (const origin of [undefined, 'null', anyPage, `${edge.origin}.example.com`]) {
      const changed = { ...sent, headers: { ...others, ...(origin !== undefined && { origin }) } };
      if (operation.from === 'own-page') {
        const sentence = 'Begin the sign-in again: this answer does not come from its page.';
        await assertTold(edge, surroundings, slug, address, changed, [403, 'Forbidden', sentence]);
      } else {
        assertForwarded(await sendTo(edge, surroundings, address, changed), slug);
      }
    }
  },
}));

const methodCases = eachOperation((_, operation, address) => ({
  name: `${address} has one method, and nothing below it`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const sent = sound(operation, edge);
    const { body: _body, ...bodiless } = sent;
    const other =
      operation.method === 'GET' ? { ...sent, method: 'POST', body: 'a=b' } : { ...bodiless, method: 'GET' };
    const sentence = 'There is nothing at this address, or not with this method.';
    assertProblem(await sendTo(edge, surroundings, address, other), 404, 'Not Found', sentence);
    assertProblem(await sendTo(edge, surroundings, `${address}/more`, sent), 404, 'Not Found', sentence);
  },
}));

const queryCases = eachOperation(({ slug }, operation, address) => ({
  name: `${address} is nowhere with a query that API Management would not take`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const sent = sound(operation, edge);
    const most = await sendTo(edge, surroundings, `${address}?${'a'.repeat(queryLimit)}`, sent);
    assertForwarded(most, slug);
    const over = await sendTo(edge, surroundings, `${address}?${'a'.repeat(queryLimit + 1)}`, sent);
    assert.equal(over.status, 404);
    assert.deepEqual(over.arrivals.get(slug), []);
  },
}));

const metadataCases: readonly Case[] = served.map((tenant) => ({
  name: `the metadata of ${tenant.slug}'s authorization server is its backend's, at each of its places`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const paths = serverMetadataPaths(tenant);
    assert.equal(paths.length, 4);
    for (const path of paths) {
      const forged = Object.fromEntries(forgeable.map((name) => [name, 'forged']));
      const headers = { ...forged, origin: anyPage, cookie: 'a=b' };
      const outcome = await sendTo(edge, surroundings, `${path}?a=b`, { method: 'GET', headers });
      const arrival = assertForwarded(outcome, tenant.slug);
      assert.equal(arrival.url, `/.well-known/oauth-authorization-server/${tenant.route}`);
      assertNothingForged(arrival);
      assert.equal(arrival.headers['x-gateway-key'], backendKey);
      assert.equal(arrival.headers['x-tenant-id'], tenant.slug);
      assert.equal(arrival.headers['x-forwarded-host'], '127.0.0.1');
      assert.match(String(arrival.headers.traceparent), traceparent);
      assert.equal(arrival.headers.origin, undefined);
      assert.equal(arrival.headers.cookie, undefined);
      assert.equal(outcome.headers.get('access-control-allow-origin'), '*');
      const { headers: allowed } = await preflight(edge, path, anyPage, 'GET');
      assert.equal(allowed.get('access-control-allow-origin'), '*');
      assert.equal(allowed.get('access-control-allow-methods'), 'GET');
      assert.equal(allowed.get('access-control-allow-headers'), 'MCP-Protocol-Version');
      assert.equal(allowed.get('access-control-max-age'), '600');
    }
  },
}));

const nameCases: readonly Case[] = served.map(({ slug, route }) => ({
  name: `the backend of ${slug} hears that it was asked as localhost`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const origin = edge.origin.replace('127.0.0.1', 'localhost');
    for (const operation of signInOperations) {
      const sent = sound(operation, { origin });
      const outcome = await sendTo({ origin }, surroundings, `/${route}/oauth/${operation.name}`, sent);
      assert.equal(assertForwarded(outcome, slug).headers['x-forwarded-host'], 'localhost');
    }
  },
}));

/** Everything that is answered without a token. */
function everything(
  tenant: (typeof served)[number],
  edge: EdgeUnderTest,
): readonly [address: string, sent: Sent][] {
  return [
    ...signInOperations.map((operation): [string, Sent] => [
      `/${tenant.route}/oauth/${operation.name}`,
      sound(operation, edge),
    ]),
    ...serverMetadataPaths(tenant).map((path): [string, Sent] => [path, { method: 'GET' }]),
  ];
}

const failureCases: readonly Case[] = served.map((tenant) => ({
  name: `the sign-in of ${tenant.slug} answers 502 while its backend is down`,
  variant: 'without-backend',
  async run(edge, surroundings) {
    const sentence = 'The service cannot be reached. Try again in a minute.';
    for (const [address, sent] of everything(tenant, edge)) {
      assertProblem(await sendTo(edge, surroundings, address, sent), 502, 'Bad Gateway', sentence);
    }
  },
}));

/** The status that a request from another address of this machine gets. */
async function statusFromElsewhere(edge: EdgeUnderTest, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${edge.origin}${path}`, { localAddress: '127.0.0.2' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

const limitCases: readonly Case[] = served.map((tenant) => ({
  name: `requests to the sign-in of ${tenant.slug} are limited, by address first`,
  variant: 'tight',
  async run(edge, surroundings) {
    const keys = `/${tenant.route}/oauth/keys`;
    const ask = (): Promise<Outcome> => sendTo(edge, surroundings, keys, { method: 'GET' });
    for (let calls = 0; calls < limits.user; calls += 1) {
      assertForwarded(await ask(), tenant.slug);
    }
    for (const [address, sent] of everything(tenant, edge)) {
      const trace = newTrace();
      const outcome = await sendTo(edge, surroundings, address, withHeaders(sent, { traceparent: trace }));
      const seconds = outcome.headers.get('retry-after') ?? '';
      assert.match(seconds, /^([1-9]|[1-5]\d|60)$/);
      assertRefused(outcome, 429, 'Too Many Requests', `Too many calls. Try again in ${seconds} seconds.`);
      await assertReported(surroundings, tenant.slug, trace, { status: 429, reason: 'SignInLimitExceeded' });
    }
    for (let calls = limits.user; calls < limits.tenant; calls += 1) {
      assert.equal(await statusFromElsewhere(edge, keys), 200);
    }
    assert.equal(await statusFromElsewhere(edge, keys), 429);
  },
}));

/** Those that many changes fail come first. */
export const signInCases: readonly Case[] = [
  ...limitCases,
  ...metadataCases,
  ...forwardingCases,
  ...preflightCases,
  ...bodyCases,
  ...scriptCases,
  ...formCases,
  ...methodCases,
  ...queryCases,
  ...nameCases,
  ...failureCases,
];
