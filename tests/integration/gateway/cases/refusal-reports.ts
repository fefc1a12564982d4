import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Report } from '../backend.ts';
import { backendKey, type EdgeUnderTest, type Surroundings } from '../world.ts';
import { type Call, send, type Tenant } from './case.ts';

/** Says which of many reports is about a request: the gateway hands the client's trace on. */
export const newTrace = () => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sends a request and returns what its tenant's backend heard of it. */
export async function reportOf(
  edge: EdgeUnderTest,
  surroundings: Surroundings,
  call: Call,
  status: number,
): Promise<Record<string, unknown>> {
  const traceparent = newTrace();
  const { headers } = call;
  const outcome = await send(edge, surroundings, { ...call, headers: { ...headers, traceparent } });
  assert.equal(outcome.status, status);
  const report = await backendOf(call.tenant, surroundings).reported(traceparent);
  for (const [tenant, backend] of surroundings.backends) {
    assert.equal(backend.reports(traceparent).length, tenant === call.tenant ? 1 : 0);
  }
  assertFromGateway(report, call);
  const { id, ...rest } = JSON.parse(report.body) as Record<string, unknown>;
  assert.match(String(id), guid);
  return rest;
}

export function backendOf(tenant: Tenant, { backends }: Surroundings) {
  const backend = backends.get(tenant);
  assert.ok(backend);
  return backend;
}

function assertFromGateway({ method, headers, body }: Report, { token }: Call): void {
  assert.equal(method, 'POST');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['x-gateway-key'], backendKey);
  assert.equal(headers.authorization, undefined);
  if (token !== undefined) {
    assert.ok(!(JSON.stringify(headers) + body).includes(token));
  }
}
