import assert from 'node:assert/strict';
import http from 'node:http';
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
  served,
  sound,
  withHeaders,
} from './sign-in-requests.ts';

export const metadataCases: readonly Case[] = served.map((tenant) => ({
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

export const nameCases: readonly Case[] = served.map(({ slug, route }) => ({
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
export function everything(
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

export const failureCases: readonly Case[] = served.map((tenant) => ({
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
export async function statusFromElsewhere(edge: EdgeUnderTest, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${edge.origin}${path}`, { localAddress: '127.0.0.2' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

export const limitCases: readonly Case[] = served.map((tenant) => ({
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
