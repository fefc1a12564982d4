import assert from 'node:assert/strict';
import { queryLimit } from '#gateway/language/limits';
import { backendKey } from '../world.ts';
import { assertForwarded, assertProblem } from './assertions.ts';
import { preflight } from './browser.ts';
import { type Case, sendTo } from './case.ts';
import { forgeable } from './forged-headers.ts';
import { traceparent } from './forwarding.ts';
import { bodyCases, formCases, scriptCases } from './sign-in-bodies.ts';
import { failureCases, limitCases, metadataCases, nameCases } from './sign-in-documents.ts';
import { anyPage, assertNothingForged, eachOperation, sound, withHeaders } from './sign-in-requests.ts';

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
