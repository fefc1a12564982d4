import type { Roles } from '../access/roles.ts';
import { actorOf } from './actor.ts';
import { type Authenticate, bearerToken, Forbidden, Unauthenticated } from './authenticator.ts';
import { groupsOf, leavesGroupsOut, textsOf } from './claims.ts';
import { displayName } from './display-name.ts';
import { type Entry, refuseOutsiders } from './entry.ts';
import type { Principal } from './principal.ts';
import type { TenantId } from './tenant.ts';

interface DevelopmentTenant {
  readonly slug: TenantId;
  readonly tenantIds: readonly string[];
  readonly enter?: Entry | undefined;
}

/** What stands in for a token when nobody is verified. Settings allow these modes in Development only. */
export interface DevelopmentOptions {
  readonly tenants: readonly DevelopmentTenant[];
  readonly roles: Roles;
  /** What a token that says nothing stands for. */
  readonly defaultRoles: readonly string[];
}

/** Every request is one developer of the first tenant who may do everything. */
export function disabledAuth(options: DevelopmentOptions): Authenticate {
  const principal = developer(options, firstTenant(options), options.roles.all, 'developer');
  return async () => principal;
}

/**
 * Accepts any token. A JWT's `tid`, `oid`, `azp` and `roles` are read and not verified, so that roles can be tried;
 * any other token is a developer of the first tenant with the default roles.
 */
export function passthroughAuth(options: DevelopmentOptions): Authenticate {
  return async (request) => {
    const token = bearerToken(request);
    if (token === undefined) {
      throw new Unauthenticated('Send a bearer token; any token will do.', { tokenSent: false });
    }
    const claims = await claimsOf(token);
    if (claims === undefined) {
      return developer(options, firstTenant(options), options.defaultRoles, 'developer');
    }
    const tid = typeof claims.tid === 'string' ? claims.tid.toLowerCase() : undefined;
    const tenant =
      tid === undefined
        ? firstTenant(options)
        : options.tenants.find((candidate) => candidate.tenantIds.includes(tid) || candidate.slug === tid);
    if (tenant === undefined) {
      throw new Forbidden(
        'tenant',
        'The token is of a tenant that is not served here; use one of another tenant.',
      );
    }
    const claimed = textsOf(claims.roles);
    refuseOutsiders(tenant.enter, {
      roles: claimed,
      groups: groupsOf(claims),
      groupsLeftOut: leavesGroupsOut(claims),
    });
    const name = displayName(claims);
    return {
      tenant: tenant.slug,
      user: `${tid ?? 'local'}:${typeof claims.oid === 'string' ? claims.oid : 'developer'}`,
      ...(name !== undefined && { name }),
      application: typeof claims.azp === 'string' ? claims.azp : 'development',
      actor: actorOf(claims, false),
      roles: claimed,
      permissions: options.roles.permissionsOf(claimed),
      expiresAt: typeof claims.exp === 'number' ? claims.exp : Number.MAX_SAFE_INTEGER,
    };
  };
}

function developer(
  { roles }: DevelopmentOptions,
  { slug: tenant, enter }: DevelopmentTenant,
  held: readonly string[],
  name: string,
): Principal {
  const claimed = held.map(roles.claimOf);
  refuseOutsiders(enter, { roles: claimed, groups: [], groupsLeftOut: false });
  return {
    tenant,
    user: `local:${name}`,
    application: 'development',
    actor: 'person',
    roles: claimed,
    permissions: roles.permissionsOf(claimed),
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
}

function firstTenant({ tenants }: DevelopmentOptions): DevelopmentTenant {
  const [first] = tenants;
  if (first === undefined) {
    throw new Error('There is no tenant.');
  }
  return first;
}

async function claimsOf(token: string): Promise<Record<string, unknown> | undefined> {
  // loaded with the first token
  const { decodeJwt } = await import('jose');
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
