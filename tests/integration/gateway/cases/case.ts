import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readRegistry } from '#gateway/registry';
import { hasOwnServer } from '#gateway/sign-in';
import type { Authority } from '../authority.ts';
import type { Arrival } from '../backend.ts';
import { type EdgeUnderTest, type Surroundings, scope, type Variant } from '../world.ts';

/** Every tenant that is registered. */
export const tenants = readRegistry().tenants.map(({ slug }) => slug);
export type Tenant = string;

/** Some other tenant. */
export function otherOf(tenant: Tenant): Tenant {
  return tenants.find((other) => other !== tenant) ?? 'stranger';
}

export const paths = ['/mcp', '/agentic/mcp'] as const;
export type EndpointPath = (typeof paths)[number];

export interface Case {
  readonly name: string;
  /** The gateway it runs against. */
  readonly variant: Variant;
  /** @throws AssertionError when the gateway does something else */
  run(edge: EdgeUnderTest, surroundings: Surroundings): Promise<void>;
}

export interface Call {
  readonly tenant: Tenant;
  readonly path: EndpointPath | `${EndpointPath}/`;
  readonly method?: string;
  readonly query?: string;
  /** The access token; undefined for none. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** What reached each backend. */
  readonly arrivals: ReadonlyMap<Tenant, readonly Arrival[]>;
}

/** Sends one request to an endpoint behind the gateway and tells what became of it. */
export async function send(
  edge: EdgeUnderTest,
  surroundings: Surroundings,
  { tenant, path, method = 'POST', query = '', token, headers }: Call,
): Promise<Outcome> {
  return sendTo(edge, surroundings, `/${tenant}-mcp${path}${query}`, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
}

export interface Sent {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request to any address of the gateway. */
export async function sendTo(
  { origin }: Pick<EdgeUnderTest, 'origin'>,
  { backends }: Surroundings,
  address: string,
  { headers, ...rest }: Sent,
): Promise<Outcome> {
  const id = randomUUID();
  const response = await fetch(`${origin}${address}`, {
    ...rest,
    headers: { 'x-case': id, ...headers },
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: response.headers,
    body: await response.text(),
    arrivals: new Map([...backends].map(([slug, backend]) => [slug, backend.arrivals(id)])),
  };
}

/** The request reached its own tenant's backend, once, and nothing else. */
export function assertForwarded(outcome: Outcome, tenant: Tenant, status = 200): Arrival {
  assert.equal(outcome.status, status);
  assert.equal(outcome.body, 'from the backend');
  assert.equal(outcome.headers.get('x-accel-buffering'), 'no');
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

/** A directory knows the scope by the endpoint's address, an authorization server of the tenant's own by its name alone. */
export function scopePrefix({ origin }: EdgeUnderTest, tenant: Tenant, path: Call['path']): string {
  const known = readRegistry().tenants.find(({ slug }) => slug === tenant);
  return known !== undefined && hasOwnServer(known) ? '' : `${origin}/${tenant}-mcp${path}/`;
}

export function metadataAddress(edge: EdgeUnderTest, tenant: Tenant, path: Call['path']): string {
  return `${edge.origin}/.well-known/oauth-protected-resource/${tenant}-mcp${path}`;
}

/** A token of a tenant's user with these roles. */
export function userToken(authority: Authority, tenant: Tenant, ...roles: string[]): Promise<string> {
  return authority.token(tenant, { roles });
}

/** One case for each endpoint of each tenant. */
export function everywhere(make: (tenant: Tenant, path: EndpointPath) => Case): Case[] {
  return tenants.flatMap((tenant) => paths.map((path) => make(tenant, path)));
}
