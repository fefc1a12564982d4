import { randomUUID } from 'node:crypto';
import { readRegistry } from '#gateway/registry';
import { hasOwnServer } from '#gateway/sign-in';
import type { Authority } from '../authority.ts';
import type { Arrival } from '../backend.ts';
import type { EdgeUnderTest, Surroundings, Variant } from '../world.ts';

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
  /** Of a POST; `{}` when left out. */
  readonly body?: string;
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
  { tenant, path, method = 'POST', query = '', token, headers, body = '{}' }: Call,
): Promise<Outcome> {
  return sendTo(edge, surroundings, `/${tenant}-mcp${path}${query}`, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(method === 'POST' ? { body } : {}),
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
