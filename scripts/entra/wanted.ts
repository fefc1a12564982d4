import { endpoints, readRegistry } from '#gateway/registry';
import { deployed } from '#shared/deployed';
import type { Wanted } from './register.ts';

/** Visual Studio Code, as Entra ID knows it. */
const visualStudioCode = 'aebc6443-996d-45c2-90f0-388ff96faa56';

/** What the registrations of this project’s tenants are made from. */
export interface Choice {
  readonly name: string;
  readonly scopeName: string;
  /** Address under which clients reach the gateway; undefined as long as it is not known. */
  readonly baseUrl: string | undefined;
}

/** Of the tenants in `apim-policies/tenants.json`, and the roles of the business that is deployed. */
export function wantedRegistrations({ name, scopeName, baseUrl }: Choice): Wanted {
  const { tenants } = readRegistry();
  const proxied = tenants.filter(({ signIn }) => signIn === 'proxy');
  const base = baseUrl?.replace(/\/+$/, '');
  return {
    name,
    scopeName,
    roles: [
      ...new Set([
        ...Object.keys(deployed.permissionTable),
        ...tenants.flatMap(({ enter }) => enter?.roles ?? []),
      ]),
    ],
    withGroups: tenants.some(({ enter }) => (enter?.groups ?? []).length > 0),
    endpoints:
      base === undefined || isShared(base)
        ? []
        : tenants.flatMap(({ route }) => endpoints.map(({ path }) => `${base}/${route}${path}`)),
    preAuthorized: [visualStudioCode],
    redirects:
      proxied.length === 0
        ? undefined
        : proxied.flatMap(({ route }) => (base === undefined ? [] : [`${base}/${route}/oauth/callback`])),
  };
}

/** Entra ID takes identifiers under domains that the directory has verified, and nobody can verify that one. */
function isShared(base: string): boolean {
  return new URL(base).hostname.endsWith('.azure-api.net');
}
