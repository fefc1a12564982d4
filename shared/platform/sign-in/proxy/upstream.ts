import { decodeJwt } from 'jose';
import * as z from 'zod';
import { Unavailable } from '../../errors.ts';
import { authorizationServer } from '../../identity/issuers.ts';
import { askTokenEndpoint } from '../../identity/token-endpoint.ts';
import type { KeyRing } from '../../key-ring.ts';
import type { OperationCall } from '../provider.ts';
import type { TenantSite } from '../tenant-site.ts';
import { type ProviderRefusal, refusalOf } from './refusals.ts';

export interface UpstreamOptions {
  /** Address of the identity provider, without a trailing slash. */
  readonly authority: string;
  /** This service's own registration there. */
  readonly clientId: string;
  readonly clientSecrets: KeyRing;
  /** What it asks for: the API's scope, with its identifier in front. */
  readonly scope: string;
}

/** The identity provider that people sign in at, as a client of it sees it. */
export interface Upstream {
  /** Where a browser signs in (RFC 6749 section 4.1.1). */
  authorizationUrl(site: TenantSite, asked: AuthorizationRequest): string;
  /** Issuers that answers of this tenant's may name (RFC 9207). */
  issuersOf(site: TenantSite): readonly string[];
  /**
   * Looks at what came to the callback in place of a code, where this service is what the person signed in at.
   * @returns what to redeem
   * @throws OAuthProblem when it shows nobody
   */
  accept?(answer: string, challenge: string, call: OperationCall): Promise<string>;
  /** @throws UpstreamRefused @throws Unavailable */
  redeem(
    site: TenantSite,
    grant: { code: string; verifier: string; callback: string },
    wanted: Wanted,
  ): Promise<UpstreamTokens>;
  /** @throws UpstreamRefused @throws Unavailable */
  refresh(site: TenantSite, refreshToken: string, wanted: Wanted): Promise<UpstreamTokens>;
}

/** What a client wants a token for. The identity provider's own are for this service as a whole, and need none of it. */
export interface Wanted {
  readonly client: string;
  /** Address of the endpoint, as the client spells it. */
  readonly resource: string;
  /** This service's own issuer, as the client spells it. */
  readonly issuer: string;
}

export interface AuthorizationRequest {
  readonly state: string;
  readonly challenge: string;
  readonly callback: string;
  readonly prompt: string | undefined;
  readonly hint: string | undefined;
}

export interface UpstreamTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Seconds. */
  readonly expiresIn: number;
  /** Whom the access token stands for: `tid:oid`. */
  readonly user: string;
  readonly tid: string;
  /** Unique id of the access token; undefined when it has none. */
  readonly tokenId: string | undefined;
}

/** The identity provider gives no token. */
export class UpstreamRefused extends Error {
  override readonly name = 'UpstreamRefused';
  readonly refusal: ProviderRefusal;

  constructor(refusal: ProviderRefusal) {
    super(refusal.code ?? refusal.error);
    this.refusal = refusal;
  }
}

const answerShape = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.coerce.number().int().positive(),
});
const errorShape = z.object({ error: z.string(), error_description: z.string().optional() });
const claimsShape = z.object({ tid: z.string(), oid: z.string(), uti: z.string().optional() });

/**
 * The identity provider in Entra's form. RFC 8707's `resource` is never sent: Entra compares it with identifiers of the
 * API (AADSTS9010010), while the scope's prefix says the same.
 */
export function upstream({ authority, clientId, clientSecrets, scope }: UpstreamOptions): Upstream {
  // by `profile`, tokens say what their holder is called
  const scopes = `${scope} openid profile offline_access`;
  const endpoint = (site: TenantSite, name: 'authorize' | 'token') =>
    `${authority}/${directoryOf(site)}/oauth2/v2.0/${name}`;
  async function ask(
    site: TenantSite,
    parameters: Record<string, string>,
    [clientSecret, ...others]: KeyRing = clientSecrets,
  ): Promise<UpstreamTokens> {
    const { ok, status, body } = await askTokenEndpoint(endpoint(site, 'token'), {
      ...parameters,
      client_id: clientId,
      client_secret: clientSecret,
      scope: scopes,
    });
    const tokens = answerShape.safeParse(body).data;
    if (ok && tokens !== undefined) {
      return tokensOf(tokens);
    }
    const problem = errorShape.safeParse(body).data;
    if (problem === undefined || status >= 500) {
      throw new Unavailable('The identity provider does not answer as it should; try again in a minute.');
    }
    const [next, ...rest] = others;
    // a client that is not known has used up nothing: neither code nor refresh token (RFC 6749 section 5.2)
    if (problem.error === 'invalid_client' && next !== undefined) {
      return ask(site, parameters, [next, ...rest]);
    }
    throw new UpstreamRefused(refusalOf(problem.error, problem.error_description));
  }
  return {
    authorizationUrl(site, { state, challenge, callback, prompt, hint }) {
      const url = new URL(endpoint(site, 'authorize'));
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        response_mode: 'form_post',
        redirect_uri: callback,
        scope: scopes,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...(prompt !== undefined && { prompt }),
        ...(hint !== undefined && { login_hint: hint }),
      }).toString();
      return url.href;
    },
    issuersOf: ({ tenantIds }) => tenantIds.map((tid) => authorizationServer(authority, tid)),
    redeem: (site, { code, verifier, callback }) =>
      ask(site, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback }),
    refresh: (site, refreshToken) => ask(site, { grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
}

/** The organisation's own directory, so that nobody is asked which one; where it has several, whichever they choose. */
function directoryOf({ tenantIds }: TenantSite): string {
  const [only, ...others] = tenantIds;
  return only === undefined || others.length > 0 ? 'organizations' : only;
}

/** Read, not verified: it came from the provider itself. Whoever gets the token to see verifies it. */
function tokensOf({ access_token, refresh_token, expires_in }: z.output<typeof answerShape>): UpstreamTokens {
  const claims = claimsShape.safeParse(decodedClaims(access_token)).data;
  if (claims === undefined) {
    throw new Unavailable('The identity provider gives tokens that are not for this service.');
  }
  const tid = claims.tid.toLowerCase();
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresIn: expires_in,
    user: `${tid}:${claims.oid}`,
    tid,
    tokenId: claims.uti,
  };
}

function decodedClaims(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
