import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { apiApp, type DirectoryTenant, daemonApp, proxyApp } from './directory.ts';

/** What both kinds of token say about their issue; times in seconds since the epoch. */
interface Issue {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  /** Unique id of the token. */
  readonly uti: string;
}

/**
 * The claims of a token in the shape of an Entra v2 access token. There is no name and no e-mail address in it.
 * @throws Error when the token belongs to nobody in the directory
 */
export function v2Claims(
  tenant: DirectoryTenant,
  token: AccessToken | ClientCredentials,
  issue: Issue,
): JWTPayload {
  const common = {
    aud: apiApp.clientId,
    iss: issue.iss,
    iat: issue.iat,
    nbf: issue.iat,
    exp: issue.exp,
    azp: token.clientId,
    tid: tenant.tid,
    uti: issue.uti,
    ver: '2.0',
  };
  return 'accountId' in token
    ? {
        ...common,
        ...delegatedClaims(tenant, token.accountId),
        azpacr: token.clientId === proxyApp.clientId ? '1' : '0',
      }
    : { ...common, ...appOnlyClaims(tenant) };
}

/** `azpacr` says how the client proved who it is: 0 not at all, 1 by a secret. */
function delegatedClaims(tenant: DirectoryTenant, oid: string): JWTPayload {
  const user = tenant.users.find((candidate) => candidate.oid === oid);
  if (user === undefined) {
    throw new Error(`There is no user ${oid} in ${tenant.slug}.`);
  }
  return {
    oid,
    sub: pairwiseSubject(tenant, oid),
    scp: apiApp.scope,
    ...(user.roles.length > 0 ? { roles: user.roles } : {}),
  };
}

function appOnlyClaims({ daemonOid }: DirectoryTenant): JWTPayload {
  return { azpacr: '1', idtyp: 'app', oid: daemonOid, sub: daemonOid, roles: daemonApp.roles };
}

/** A user's `sub` is another one for each API, and not the object id. */
function pairwiseSubject({ tid }: DirectoryTenant, oid: string): string {
  return createHash('sha256').update(`${tid}:${oid}:${apiApp.clientId}`).digest('base64url');
}
