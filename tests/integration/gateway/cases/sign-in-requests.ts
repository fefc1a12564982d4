import assert from 'node:assert/strict';
import { readRegistry } from '#gateway/registry';
import { hasOwnServer, type SignInOperation, signInOperations } from '#gateway/sign-in';
import type { Arrival } from '../backend.ts';
import { backendKey, type EdgeUnderTest, type Surroundings } from '../world.ts';
import { assertRefused } from './assertions.ts';
import { type Case, type Sent, sendTo } from './case.ts';
import { forgeable } from './forged-headers.ts';
import { newTrace } from './refusal-reports.ts';

export const served = readRegistry().tenants.filter(hasOwnServer);
export const anyPage = 'https://any.example.com';

/** A request as it should be. */
export function sound({ method, takes, from }: SignInOperation, edge: Pick<EdgeUnderTest, 'origin'>): Sent {
  return {
    method,
    headers: {
      ...(takes !== undefined && { 'content-type': `${takes};charset=UTF-8` }),
      ...(from === 'own-page' && { origin: edge.origin }),
      ...(from === 'any-origin' && { origin: anyPage, cookie: 'a=b' }),
      ...(from === 'navigation' && { origin: anyPage, cookie: 'a=b', 'sec-fetch-dest': 'document' }),
    },
    ...(takes !== undefined && { body: 'a=b' }),
  };
}

export function withHeaders(sent: Sent, headers: Readonly<Record<string, string>>): Sent {
  return { ...sent, headers: { ...sent.headers, ...headers } };
}

export function assertNothingForged({ headers }: Arrival): void {
  for (const name of forgeable.map((one) => one.toLowerCase())) {
    assert.notEqual(headers[name], 'forged', name);
  }
}

/** One case for each operation of each tenant. */
export function eachOperation(
  make: (tenant: (typeof served)[number], operation: SignInOperation, address: string) => Case,
): Case[] {
  return served.flatMap((tenant) =>
    signInOperations.map((operation) => make(tenant, operation, `/${tenant.route}/oauth/${operation.name}`)),
  );
}

/** Refused at the gateway, and the backend is told so; of what was sent it hears nothing. */
export async function assertTold(
  edge: EdgeUnderTest,
  surroundings: Surroundings,
  slug: string,
  address: string,
  sent: Sent,
  [status, title, detail]: readonly [number, string, string],
): Promise<void> {
  const trace = newTrace();
  const outcome = await sendTo(edge, surroundings, address, withHeaders(sent, { traceparent: trace }));
  assertRefused(outcome, status, title, detail);
  await assertReported(surroundings, slug, trace, { status, reason: 'SignInRequestRefused' });
}

export async function assertReported(
  { backends }: Surroundings,
  slug: string,
  trace: string,
  report: { status: number; reason: string },
): Promise<void> {
  const told = await backends.get(slug)?.reported(trace);
  assert.ok(told);
  assert.equal(told.headers['x-gateway-key'], backendKey);
  const { id, ...rest } = JSON.parse(told.body);
  assert.deepEqual(rest, { tenant: slug, ...report });
}
