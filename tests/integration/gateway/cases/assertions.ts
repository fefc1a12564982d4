import assert from 'node:assert/strict';
import type { Arrival } from '../backend.ts';
import { type EdgeUnderTest, scope } from '../world.ts';
import { type Call, metadataAddress, type Outcome, scopePrefix, type Tenant } from './case.ts';

/** The request reached its own tenant's backend, once, and nothing else. */
export function assertForwarded(outcome: Outcome, tenant: Tenant, status = 200): Arrival {
  assert.equal(outcome.status, status);
  assert.equal(outcome.body, 'from the backend');
  assert.equal(outcome.headers.get('x-accel-buffering'), 'no');
  assert.equal(outcome.headers.get('server'), null);
  assert.deepEqual(reached(outcome), [tenant]);
  const [arrival] = outcome.arrivals.get(tenant) ?? [];
  assert.ok(arrival);
  return arrival;
}

/**
 * The request was refused with a problem document (RFC 9457), and no backend saw it. Only 401 has a challenge: what else
 * the gateway refuses, no other token of the same person would change.
 */
export function assertRefused(outcome: Outcome, status: number, title: string, detail: string): void {
  assert.deepEqual(reached(outcome), []);
  assert.equal(outcome.headers.has('www-authenticate'), status === 401);
  assertProblem(outcome, status, title, detail);
}

/** Whose backends saw the request, once for each time. */
function reached({ arrivals }: Outcome): Tenant[] {
  return [...arrivals].flatMap(([tenant, seen]) => seen.map(() => tenant));
}

export function assertProblem(outcome: Outcome, status: number, title: string, detail: string): void {
  assert.equal(outcome.status, status);
  assert.equal(outcome.headers.get('content-type'), 'application/problem+json');
  assert.equal(outcome.headers.get('cache-control'), 'no-store');
  assert.deepEqual(JSON.parse(outcome.body), { type: 'about:blank', title, status, detail });
}

/** 401 with a challenge (RFC 6750, RFC 9728); without a token it names no error. */
export function assertChallenged(
  outcome: Outcome,
  edge: EdgeUnderTest,
  { tenant, path, token, headers }: Call,
  detail: string,
): void {
  assertRefused(outcome, 401, 'Unauthorized', detail);
  const sent = token !== undefined || headers?.authorization !== undefined;
  const error = sent ? `error="invalid_token", error_description="${detail}", ` : '';
  assert.equal(
    outcome.headers.get('www-authenticate'),
    `Bearer ${error}scope="${scopePrefix(edge, tenant, path)}${scope}", resource_metadata="${metadataAddress(edge, tenant, path)}"`,
  );
}
