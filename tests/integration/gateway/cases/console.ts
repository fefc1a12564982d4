import assert from 'node:assert/strict';
import { consoleTemplates } from '#gateway/console';
import { backendKey } from '../world.ts';
import { assertForwarded, assertProblem, assertRefused } from './assertions.ts';
import { type Case, everywhere, send, sendTo, userToken } from './case.ts';
import { unreachable } from './failures.ts';
import { forgeable } from './forged-headers.ts';
import { traceparent } from './forwarding.ts';
import { anyPage, assertNothingForged, served } from './sign-in-requests.ts';

const forged = Object.fromEntries(forgeable.map((name) => [name, 'forged']));
const ofSomebody = { origin: anyPage, cookie: 'a=b', authorization: 'Bearer of.some.body' };

const fileCases: readonly Case[] = served.map(({ slug, route }) => ({
  name: `the console of ${slug} is its backend's, which is not told who asks`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    for (const template of consoleTemplates) {
      const isPage = template === '/';
      const path = `/${route}/console${isPage ? '' : template}`;
      const headers = { ...forged, ...ofSomebody };
      const outcome = await sendTo(edge, surroundings, `${path}?code=secret`, { method: 'GET', headers });
      const arrival = assertForwarded(outcome, slug);
      // what a sign-in sends the browser back with is for the page alone
      assert.equal(arrival.url, isPage ? path : `${path}?code=secret`);
      assertNothingForged(arrival);
      for (const name of Object.keys(ofSomebody)) {
        assert.equal(arrival.headers[name], undefined, name);
      }
      assert.equal(arrival.headers['x-gateway-key'], backendKey);
      assert.equal(arrival.headers['x-tenant-id'], slug);
      assert.match(String(arrival.headers.traceparent), traceparent);
    }
  },
}));

const downCases: readonly Case[] = served.map(({ slug, route }) => ({
  name: `the console of ${slug} answers 502 while its backend is down`,
  variant: 'without-backend',
  async run(edge, surroundings) {
    for (const template of consoleTemplates) {
      const path = `/${route}/console${template === '/' ? '' : template}`;
      const outcome = await sendTo(edge, surroundings, path, { method: 'GET' });
      assertProblem(outcome, 502, 'Bad Gateway', unreachable);
    }
  },
}));

const strangerCases: readonly Case[] = served.map(({ route }) => ({
  name: `there is nothing else below the console of ${route}`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    for (const rest of ['/app.js.map', '/..%2fmcp', '/%2e%2e%2fmcp', '/card/mcp', '/app.js/..%2f..%2fmcp']) {
      const outcome = await sendTo(edge, surroundings, `/${route}/console${rest}`, { method: 'GET' });
      assertRefused(outcome, 404, 'Not Found', 'There is nothing at this address, or not with this method.');
    }
    const posted = await sendTo(edge, surroundings, `/${route}/console`, { method: 'POST', body: '{}' });
    assertRefused(posted, 404, 'Not Found', 'There is nothing at this address, or not with this method.');
  },
}));

const rootCase: Case = {
  name: 'the page at the root runs nothing, and names no tenant that is not listed',
  variant: 'ordinary',
  async run(edge, surroundings) {
    const { status, headers, body, arrivals } = await sendTo(edge, surroundings, '/', { method: 'GET' });
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
    );
    assert.deepEqual([...arrivals.values()].flat(), []);
    assert.match(
      body,
      /^<!doctype html>.*<h1>Consoles<\/h1>.*with \/console in place of \/mcp\..*<\/html>$/s,
    );
    for (const { displayName, route } of served) {
      assert.ok(!body.includes(displayName) && !body.includes(route), body);
    }
  },
};

/** The console is a page of the gateway's own address, and calls from there. */
const ownPageCases = everywhere((tenant, path) => ({
  name: `a page of this address calls ${tenant} ${path}; the backend hears no origin`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const headers = { origin: edge.origin };
    const outcome = await send(edge, surroundings, { tenant, path, token, headers });
    assert.equal(assertForwarded(outcome, tenant).headers.origin, undefined);
    assert.equal(outcome.headers.get('access-control-allow-origin'), null);
  },
}));

export const consoleCases: readonly Case[] = [
  ...fileCases,
  ...downCases,
  ...strangerCases,
  rootCase,
  ...ownPageCases,
];
