import { openRoles, type PermissionTable, type RoleNames, type Roles } from '../access/roles.ts';
import { cloudOfAlias, clouds } from '../identity/clouds.ts';
import { loopbackSpellings } from '../identity/loopback.ts';
import { choice, type Environment, flag, list, SettingsError, text } from './read.ts';
import type { TenantSettings } from './tenants.ts';
import type { Where } from './where.ts';

export const authModes = ['jwt', 'passthrough', 'disabled'] as const;
export type AuthMode = (typeof authModes)[number];

export type AuthSettings = { readonly roles: Roles } & (
  | { readonly mode: 'passthrough' | 'disabled' }
  | ({ readonly mode: 'jwt' } & JwtSettings)
);

export interface JwtSettings {
  /** Address of the identity provider, without a trailing slash. */
  readonly authority: string;
  /** Accepted `aud` values. */
  readonly audiences: readonly string[];
  /** Name of the delegated scope that a user's token must have. */
  readonly scope: string;
  /**
   * The API's identifier in front of the scope when clients ask for it; undefined for the endpoint's own address.
   * Entra wants the resource that a client names and the prefix of its scopes to be the same identifier.
   */
  readonly scopePrefix: string | undefined;
  /** An identifier of the API, for requests of this service's own to the identity provider. */
  readonly identifier: string;
  /** Client ids of the applications that may call; empty lets every one. */
  readonly applications: readonly string[];
}

const publicCloud = clouds.public.authority;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param table who may do what; each role may have another name in tokens (`QUERY_ROLE` and so on)
 * @param resources addresses of the endpoints, as the protected-resource metadata names them
 */
export function readAuth(
  env: Environment,
  where: Where,
  table: PermissionTable,
  resources: readonly string[],
): AuthSettings {
  const mode = readAuthMode(env);
  const roles = openRoles(table, readRoleNames(env, Object.keys(table)));
  if (mode === 'jwt') {
    return { mode, roles, ...readJwt(env, where, resources) };
  }
  refuseOutsideDevelopment(mode, where);
  return { mode, roles };
}

/** `USE_PASSTHROUGH_AUTH` and `DISABLE_AUTH` are the settings of an earlier version of this service. */
export function readAuthMode(env: Environment): AuthMode {
  const aliases: AuthMode[] = [];
  if (flag(env, 'USE_PASSTHROUGH_AUTH')) {
    aliases.push('passthrough');
  }
  if (flag(env, 'DISABLE_AUTH')) {
    aliases.push('disabled');
  }
  const mode = choice(env, 'AUTH_MODE', authModes);
  const asked = new Set([...(mode ? [mode] : []), ...aliases]);
  if (asked.size > 1) {
    throw new SettingsError(
      `AUTH_MODE, USE_PASSTHROUGH_AUTH and DISABLE_AUTH ask for ${[...asked].join(' and ')}; keep only one of them.`,
    );
  }
  return [...asked][0] ?? 'jwt';
}

function refuseOutsideDevelopment(mode: AuthMode, { development, azure }: Where): void {
  if (azure) {
    throw new SettingsError(`AUTH_MODE is ${mode}, which verifies nobody; in Azure it must be jwt.`);
  }
  if (!development) {
    throw new SettingsError(
      `AUTH_MODE is ${mode}, which verifies nobody; it works only with AZURE_FUNCTIONS_ENVIRONMENT=Development. Set jwt.`,
    );
  }
}

function readJwt(env: Environment, where: Where, resources: readonly string[]): JwtSettings {
  const audiences = list(env, 'MCP_API_AUDIENCE').flatMap(loopbackSpellings);
  // Without an identity provider there are no tokens of one.
  if (audiences.length === 0 && text(env, 'SIGN_IN') !== 'own') {
    throw new SettingsError(
      "MCP_API_AUDIENCE is not set; it must be the API's client id (the audience of v2 tokens), and its App ID URI if v1 tokens come too, comma-separated.",
    );
  }
  const names = resources.flatMap(loopbackSpellings);
  for (const audience of audiences) {
    checkAudience(audience, names);
  }
  return {
    authority: readAuthority(env, where),
    audiences,
    scope: text(env, 'MCP_SCOPE') ?? 'mcp.access',
    ...readIdentifiers(env, audiences, names),
    applications: list(env, 'ALLOWED_CLIENTS'),
  };
}

/**
 * Entra compares the resource that a client names with the API's App ID URIs, to the letter: an address of another
 * place, or one with a slash at the end, ends in AADSTS9010010 on every sign-in.
 */
function checkAudience(audience: string, resources: readonly string[]): void {
  if (audience.endsWith('/')) {
    throw new SettingsError(`MCP_API_AUDIENCE has "${audience}"; it must not end with a slash.`);
  }
  if (guid.test(audience) || audience.startsWith('api://')) {
    return;
  }
  if (!URL.canParse(audience) || !/^https?:/.test(audience)) {
    throw new SettingsError(
      `MCP_API_AUDIENCE has "${audience}"; it must be a client id, an api:// identifier or the address of an endpoint.`,
    );
  }
  if (!resources.includes(audience)) {
    throw new SettingsError(
      `MCP_API_AUDIENCE has "${audience}", and the service presents itself as ${resources.join(' and ')}; make PUBLIC_BASE_URL and the audience agree.`,
    );
  }
}

/** The part before the scope's name must be an identifier of the same API that is the audience. */
function readIdentifiers(
  env: Environment,
  audiences: readonly string[],
  resources: readonly string[],
): Pick<JwtSettings, 'scopePrefix' | 'identifier'> {
  const prefix = text(env, 'MCP_SCOPE_PREFIX');
  const identifiers = audiences.map((audience) => (guid.test(audience) ? `api://${audience}` : audience));
  if (prefix !== undefined && ![...identifiers, ...resources].includes(prefix)) {
    throw new SettingsError(
      `MCP_SCOPE_PREFIX is "${prefix}", which is no identifier of the audience; it must be one of ${identifiers.join(', ')}.`,
    );
  }
  return { scopePrefix: prefix, identifier: prefix ?? identifiers[0] ?? '' };
}

function readAuthority(env: Environment, { development, azure }: Where): string {
  const authority = text(env, 'AUTHORITY') ?? publicCloud;
  if (authority.endsWith('/') || !URL.canParse(authority)) {
    throw new SettingsError(
      `AUTHORITY is "${authority}"; it must be an address without a slash at the end, such as ${publicCloud}.`,
    );
  }
  const cloud = cloudOfAlias(authority);
  if (cloud !== undefined) {
    throw new SettingsError(
      `AUTHORITY is "${authority}", which tokens do not name; for ${cloud.name} it must be ${cloud.authority}.`,
    );
  }
  const { protocol, hostname } = new URL(authority);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback && development && !azure)) {
    throw new SettingsError(
      `AUTHORITY is "${authority}"; outside a developer's machine it must begin with https://.`,
    );
  }
  return authority;
}

/** ALLOWED_TENANTS narrows TENANTS down; a directory that is only in the former would be a tenant without data. */
export function applyAllowedTenants(
  env: Environment,
  tenants: readonly TenantSettings[],
): readonly TenantSettings[] {
  const allowed = list(env, 'ALLOWED_TENANTS').map((id) => id.toLowerCase());
  if (allowed.length === 0) {
    return tenants;
  }
  const onboarded = tenants.flatMap(({ tenantIds }) => tenantIds);
  const unknown = allowed.find((id) => !onboarded.includes(id));
  if (unknown !== undefined) {
    throw new SettingsError(
      `ALLOWED_TENANTS has "${unknown}", which is no directory of TENANTS; add it there or remove it here.`,
    );
  }
  return tenants
    .map((tenant) => ({ ...tenant, tenantIds: tenant.tenantIds.filter((id) => allowed.includes(id)) }))
    .filter(({ tenantIds }) => tenantIds.length > 0);
}

/** `<ROLE>_ROLE` is what tokens call a role, when that is not its own name. */
function readRoleNames(env: Environment, roles: readonly string[]): RoleNames {
  const setting = (role: string) => `${role.toUpperCase().replaceAll('-', '_')}_ROLE`;
  const names = Object.fromEntries(roles.map((role) => [role, text(env, setting(role)) ?? role]));
  const values = Object.values(names);
  const double = values.find((value, index) => values.indexOf(value) !== index);
  if (double !== undefined) {
    throw new SettingsError(
      `Two roles are called "${double}" (${roles.map(setting).join(', ')}); give each its own name.`,
    );
  }
  return names;
}
