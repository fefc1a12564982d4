import { decodeJwt } from 'jose';
import { LeastRecentlyUsed } from '../caching/lru.ts';
import { Refused } from '../errors.ts';
import { authorizationServer, issuersOf } from '../identity/issuers.ts';
import { nowPresented } from '../identity/presented.ts';
import type { Principal } from '../identity/principal.ts';
import type { DownstreamOptions } from './options.ts';
import { proofsOf } from './proof.ts';
import { type Granted, requestToken, type TokenRequest } from './token-request.ts';

/** Gives one caller's calls tokens of its user for other services. */
export type DownstreamOf = (principal: Principal) => (scope: string) => Promise<string>;

/** Most tokens that are kept. */
const mostKept = 2_000;
/** Milliseconds before its end from which on a token is not handed out any more: a call has to get there with it. */
const margin = 120_000;

interface Kept {
  readonly granted: Promise<Granted & { readonly until: number }>;
  /** When it was asked for, in milliseconds since the epoch. */
  readonly askedAt: number;
}

/**
 * Acts for users at other services: on-behalf-of for tokens of the identity provider (RFC 7523 as Entra has it), an exchange
 * (RFC 8693) for tokens of this service's own. A token is kept by tenant, user and scope until shortly before it expires, or
 * until the user has signed in anew.
 */
export async function openDownstream(options: DownstreamOptions, now: () => Date): Promise<DownstreamOf> {
  const proofs = await proofsOf(options.proof);
  const issuers = issuersOf(options.tenants, options.authority);
  const kept = new LeastRecentlyUsed<string, Kept>(mostKept);
  return (principal) => async (scope) => {
    requireUser(principal);
    const token = nowPresented()?.token;
    if (token === undefined) {
      throw new Refused(
        'This goes on without the request that began it, and with that the right to act for you at another service ended; call again, and wait for the answer.',
      );
    }
    const { iss = '', iat = 0 } = decodeJwt(token);
    const key = JSON.stringify([principal.tenant, principal.user, scope]);
    const known = kept.get(key);
    const at = now().getTime();
    if (known !== undefined && known.askedAt >= iat * 1_000) {
      const { token: same, until } = await known.granted;
      if (at < until) {
        return same;
      }
    }
    const asking = issuers.get(iss);
    const granted = requestToken(
      asking === undefined
        ? exchangeFor(principal, token, scope, options)
        : onBehalfOf(asking.tid, token, scope, options),
      proofs,
    ).then((one) => ({ ...one, until: at + one.expiresIn * 1_000 - margin }));
    const entry = { granted, askedAt: at };
    kept.set(key, entry);
    try {
      return (await granted).token;
    } catch (error) {
      // A failure is nobody else's answer.
      kept.set(key, { granted, askedAt: Number.NEGATIVE_INFINITY });
      throw error;
    }
  };
}

function requireUser({ actor }: Principal): void {
  if (actor === 'application' || actor === 'agent') {
    throw new Refused(
      'There is no user in your token whom this could act for at another service; let a person sign in and call.',
    );
  }
}

/** Microsoft identity platform, "OAuth 2.0 On-Behalf-Of flow". */
function onBehalfOf(tid: string, token: string, scope: string, options: DownstreamOptions): TokenRequest {
  const base = `${options.authority}/${tid}/oauth2/v2.0`;
  return {
    url: `${base}/token`,
    authorizeUrl: `${base}/authorize`,
    consentScope: `${options.identifier}/.default`,
    parameters: {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: options.clientId,
      assertion: token,
      scope,
      requested_token_use: 'on_behalf_of',
    },
  };
}

/** @throws Refused when nobody exchanges this service's own tokens for this tenant */
function exchangeFor(
  { tenant }: Principal,
  token: string,
  scope: string,
  options: DownstreamOptions,
): TokenRequest {
  const own = options.tenants.find(({ slug }) => slug === tenant);
  if (own?.exchange === undefined) {
    throw new Refused(
      'You signed in at this service itself, and other services do not know its tokens; ask your administrator to set up a token exchange for your organisation.',
    );
  }
  const { tokenEndpoint, clientId } = own.exchange;
  return {
    url: tokenEndpoint,
    authorizeUrl: authorizationServer(options.authority, own.tenantIds[0] ?? ''),
    consentScope: scope,
    parameters: {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      client_id: clientId,
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      scope,
    },
  };
}
