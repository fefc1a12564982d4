import assert from 'node:assert/strict';
import { allowedOrigin, type EdgeUnderTest } from '../world.ts';
import { assertForwarded, assertRefused } from './assertions.ts';
import { type Case, everywhere, send, userToken } from './case.ts';

const evil = 'https://evil.example.com';
const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Accept',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
  'traceparent',
  'tracestate',
].join(', ');
const exposedHeaders = 'WWW-Authenticate, Mcp-Session-Id, X-Correlation-Id, Retry-After';

/** What a browser asks before it lets a page call. */
export function preflight(
  edge: EdgeUnderTest,
  path: string,
  origin: string,
  method: string,
): Promise<Response> {
  return fetch(`${edge.origin}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization',
    },
  });
}

const preflightCases = everywhere((tenant, path) => ({
  name: `a browser may ask about ${tenant} ${path}, for the page that is allowed`,
  variant: 'ordinary',
  async run(edge) {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const allowed = await preflight(edge, `/${tenant}-mcp${path}`, allowedOrigin, method);
      assert.equal(allowed.status, 200);
      assert.equal(allowed.headers.get('access-control-allow-origin'), allowedOrigin);
      assert.equal(allowed.headers.get('access-control-allow-methods'), 'POST, GET, DELETE');
      assert.equal(allowed.headers.get('access-control-allow-headers'), allowedHeaders);
      assert.equal(allowed.headers.get('access-control-max-age'), '600');
      const refused = await preflight(edge, `/${tenant}-mcp${path}`, evil, method);
      assert.equal(refused.headers.get('access-control-allow-origin'), null);
    }
  },
}));

const callCases = everywhere((tenant, path) => ({
  name: `the page that is allowed calls ${tenant} ${path}; another is refused`,
  variant: 'ordinary',
  async run(edge, surroundings) {
    const token = await userToken(surroundings.authority, tenant, 'query');
    const call = { tenant, path, token } as const;
    const outcome = await send(edge, surroundings, { ...call, headers: { origin: allowedOrigin } });
    const { headers } = assertForwarded(outcome, tenant);
    assert.equal(headers.origin, undefined);
    assert.equal(outcome.headers.get('access-control-allow-origin'), allowedOrigin);
    assert.equal(outcome.headers.get('access-control-expose-headers'), exposedHeaders);
    const refused = await send(edge, surroundings, { ...call, headers: { origin: evil } });
    assertRefused(refused, 403, 'Forbidden', 'Web pages of this origin may not call this service.');
    assert.equal(refused.headers.get('access-control-allow-origin'), null);
  },
}));

/** A page can read why it was refused, and where to get a token. */
const challengeCase: Case = {
  name: 'the page that is allowed can read a challenge',
  variant: 'ordinary',
  async run(edge, surroundings) {
    const headers = { origin: allowedOrigin };
    const outcome = await send(edge, surroundings, { tenant: 'contoso', path: '/mcp', headers });
    assert.equal(outcome.status, 401);
    assert.equal(outcome.headers.get('access-control-allow-origin'), allowedOrigin);
  },
};

export const browserCases: readonly Case[] = [...preflightCases, ...callCases, challengeCase];
