import { discoverOAuthProtectedResourceMetadata } from '@modelcontextprotocol/client';
import { UnsecuredJWT } from 'jose';
import { type DirectoryTenant, type DirectoryUser, directory } from '../../emulators/identity/directory.ts';
import { signIn } from '../../emulators/identity/sign-in.ts';
import { type RegisteredTenant, readRegistry } from '../../gateway/registry.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** A user of the local directory, and the organisation that the user belongs to. */
export interface Caller {
  readonly user: DirectoryUser;
  readonly tenant: DirectoryTenant;
}

export interface CallerOptions {
  /** Sign-in name such as `sara@contoso`; otherwise one is found by tenant and role. */
  readonly user?: string | undefined;
  readonly tenant?: string | undefined;
  readonly role?: string | undefined;
}

/** @throws UsageError naming whom there is */
export function callerOf({ user, tenant: slug = 'contoso', role = 'query' }: CallerOptions): Caller {
  if (user !== undefined) {
    return userNamed(user);
  }
  const tenant = directory.find((candidate) => candidate.slug === slug);
  if (tenant === undefined) {
    throw new UsageError(`There is no tenant "${slug}"; use ${directory.map((one) => one.slug).join(', ')}.`);
  }
  const found = tenant.users.find(({ roles }) => roles.at(-1) === role);
  if (found === undefined) {
    const roles = new Set(tenant.users.flatMap((one) => one.roles.at(-1) ?? []));
    throw new UsageError(`There is nobody with the role ${role} at ${slug}; use ${[...roles].join(', ')}.`);
  }
  return { user: found, tenant };
}

function userNamed(signInName: string): Caller {
  const [, slug] = signInName.split('@');
  const tenant = directory.find((candidate) => candidate.slug === slug);
  if (tenant === undefined) {
    const tenants = directory.map((one) => `@${one.slug}`);
    throw new UsageError(
      `There is no user "${signInName}"; the names end in ${tenants.join(', ')}, such as sara@contoso.`,
    );
  }
  const user = tenant.users.find((candidate) => candidate.signInName === signInName);
  if (user === undefined) {
    throw new UsageError(`There is no user "${signInName}"; use ${tenant.users.map(withRoles).join(', ')}.`);
  }
  return { user, tenant };
}

const withRoles = ({ signInName, roles }: DirectoryUser) =>
  `${signInName} (${roles.join(', ') || 'no role'})`;

/** What to say of somebody whose list of tools is empty. */
export function noTools({ user, tenant }: Caller): string {
  const others = tenant.users.filter(({ roles }) => roles.length > 0).map(({ signInName }) => signInName);
  return `${withRoles(user)} may use no tool here. Take somebody who may, with --user ${others.join(', ')}.`;
}

/**
 * Gets a token for an endpoint the way any client does: from the endpoint's protected-resource metadata to the
 * authorization server of the caller's organisation. An endpoint without metadata verifies nobody; its callers get a
 * token without a signature.
 */
export async function accessToken(url: string, caller: Caller): Promise<string> {
  const metadata = await metadataOf(url);
  if (metadata === undefined) {
    return unsignedToken(caller);
  }
  const [first] = metadata.authorization_servers ?? [];
  if (first === undefined) {
    throw new Error(`${url} does not say where to get a token.`);
  }
  const own = atOwnTenant(url, first, caller);
  if (own !== url) {
    return await accessToken(own, caller);
  }
  const [scope] = metadata.scopes_supported ?? [];
  const { accessToken: token } = await signIn({
    // The issuers of all directories differ in nothing but the directory's id.
    issuer: first.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, caller.tenant.tid),
    user: caller.user.signInName,
    resource: metadata.resource,
    ...(scope !== undefined && { scope }),
  });
  return token;
}

/** Where each tenant's address is an authorization server of its own, people sign in at their own tenant's. */
function atOwnTenant(url: string, server: string, { tenant: { slug } }: Caller): string {
  const routeOf = (fits: (tenant: RegisteredTenant) => boolean) => readRegistry().tenants.find(fits)?.route;
  const { origin, pathname } = new URL(url);
  const asked = routeOf(({ route }) => server === `${origin}/${route}`);
  const own = routeOf((tenant) => tenant.slug === slug);
  return asked === undefined || own === undefined
    ? url
    : `${origin}/${own}${pathname.slice(`/${asked}`.length)}`;
}

/**
 * Gets a token for an endpoint from the caller's own directory, past whatever may stand between it and clients.
 * @param authority address of the identity provider
 */
export async function directToken(authority: string, url: string, { user, tenant }: Caller): Promise<string> {
  const issuer = `${authority}/${tenant.tid}/v2.0`;
  const { accessToken: token } = await signIn({ issuer, user: user.signInName, resource: url });
  return token;
}

/** Undefined when the endpoint has none. */
async function metadataOf(url: string) {
  const { origin, pathname } = new URL(url);
  const response = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`);
  await response.body?.cancel();
  return response.ok ? await discoverOAuthProtectedResourceMetadata(url) : undefined;
}

/** What a service with AUTH_MODE=passthrough reads. */
function unsignedToken({ user, tenant }: Caller): string {
  return new UnsecuredJWT({ tid: tenant.tid, oid: user.oid, azp: 'local-client', roles: [...user.roles] })
    .setIssuedAt()
    .setExpirationTime('1h')
    .encode();
}
