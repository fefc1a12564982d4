import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { agentApp, apiApp, type DirectoryTenant, daemonApp, proxyApp } from './directory.ts';

/** What both kinds of token say about their issue; times in seconds since the epoch. */
interface Issue {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  /** Unique id of the token. */
  readonly uti: string;
}

/**
 * The claims of a token in the shape of an Entra v2 access token. There is a name in it where the client asked for `profile`.
 * @param asked scopes of the sign-in, with spaces between them
 * @throws Error when the token belongs to nobody in the directory
 */
export function v2Claims(
  tenant: DirectoryTenant,
  token: AccessToken | ClientCredentials,
  issue: Issue,
  asked: string,
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
  const isAgent = token.clientId === agentApp.clientId;
  return 'accountId' in token
    ? {
        ...common,
        ...delegatedClaims(tenant, token.accountId, asked),
        ...facets(isAgent, 'user'),
        azpacr: isAgent || token.clientId === proxyApp.clientId ? '1' : '0',
      }
    : { ...common, ...appOnlyClaims(tenant, isAgent), ...facets(isAgent, 'app') };
}

/**
 * What Entra says of who acts, where the API asks for these optional claims. Odd numbers have a meaning, of which 11 is an
 * agent's; the even ones have none, and neither has the order.
 */
function facets(isAgent: boolean, idtyp: 'user' | 'app'): JWTPayload {
  return {
    idtyp,
    xms_idrel: idtyp === 'user' ? '1 16' : '7 10',
    xms_act_fct: isAgent ? '3 9 11' : '3 9',
    xms_sub_fct: idtyp === 'user' ? '3 6' : isAgent ? '9 3 11' : '9 3',
    xms_tnt_fct: '3 16',
    ...(isAgent && { xms_par_app_azp: agentApp.blueprint }),
  };
}

/** `azpacr` says how the client proved who it is: 0 not at all, 1 by a secret. */
function delegatedClaims(tenant: DirectoryTenant, oid: string, asked: string): JWTPayload {
  const user = tenant.users.find((candidate) => candidate.oid === oid);
  if (user === undefined) {
    throw new Error(`There is no user ${oid} in ${tenant.slug}.`);
  }
  return {
    oid,
    sub: pairwiseSubject(tenant, oid),
    scp: apiApp.scope,
    ...(asked.split(' ').includes('profile') && { name: user.name, preferred_username: user.signInName }),
    ...(user.roles.length > 0 ? { roles: user.roles } : {}),
  };
}

function appOnlyClaims({ daemonOid, agentOid }: DirectoryTenant, isAgent: boolean): JWTPayload {
  const oid = isAgent ? agentOid : daemonOid;
  const { roles } = isAgent ? agentApp : daemonApp;
  return { azpacr: '1', oid, sub: oid, roles };
}

/** A user's `sub` is another one for each API, and not the object id. */
function pairwiseSubject({ tid }: DirectoryTenant, oid: string): string {
  return createHash('sha256').update(`${tid}:${oid}:${apiApp.clientId}`).digest('base64url');
}
