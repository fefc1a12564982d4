import { defaultRoleNames, type RoleNames, roles } from '../access/roles.ts';
import { choice, type Environment, flag, SettingsError, text } from './read.ts';

export const authModes = ['jwt', 'passthrough', 'disabled'] as const;
export type AuthMode = (typeof authModes)[number];

export interface AuthSettings {
  readonly mode: AuthMode;
  readonly roleNames: RoleNames;
}

export function readAuth(env: Environment, where: { development: boolean; azure: boolean }): AuthSettings {
  const mode = readMode(env);
  if (mode !== 'jwt') refuseOutsideDevelopment(mode, where);
  if (mode === 'jwt') {
    throw new SettingsError(
      'AUTH_MODE is jwt, which this version does not serve yet; set passthrough or disabled, in Development only.',
    );
  }
  return { mode, roleNames: readRoleNames(env) };
}

/** `USE_PASSTHROUGH_AUTH` and `DISABLE_AUTH` are how the earlier version of this service was told. */
function readMode(env: Environment): AuthMode {
  const aliases: AuthMode[] = [];
  if (flag(env, 'USE_PASSTHROUGH_AUTH')) aliases.push('passthrough');
  if (flag(env, 'DISABLE_AUTH')) aliases.push('disabled');
  const mode = choice(env, 'AUTH_MODE', authModes);
  const asked = new Set([...(mode ? [mode] : []), ...aliases]);
  if (asked.size > 1) {
    throw new SettingsError(
      `AUTH_MODE, USE_PASSTHROUGH_AUTH and DISABLE_AUTH ask for ${[...asked].join(' and ')}; keep only one of them.`,
    );
  }
  return [...asked][0] ?? 'jwt';
}

function refuseOutsideDevelopment(mode: AuthMode, where: { development: boolean; azure: boolean }): void {
  if (where.azure) {
    throw new SettingsError(`AUTH_MODE is ${mode}, which verifies nobody; in Azure it must be jwt.`);
  }
  if (!where.development) {
    throw new SettingsError(
      `AUTH_MODE is ${mode}, which verifies nobody; it works only with AZURE_FUNCTIONS_ENVIRONMENT=Development. Set jwt.`,
    );
  }
}

function readRoleNames(env: Environment): RoleNames {
  const names = Object.fromEntries(
    roles.map((role) => [role, text(env, `${role.toUpperCase()}_ROLE`) ?? defaultRoleNames[role]]),
  ) as Record<keyof RoleNames, string>;
  const values = Object.values(names);
  const double = values.find((value, index) => values.indexOf(value) !== index);
  if (double !== undefined) {
    throw new SettingsError(
      `Two roles are called "${double}" (QUERY_ROLE, BILLING_ROLE, AGENT_ROLE, SECURITY_ROLE); give each its own name.`,
    );
  }
  return names;
}
