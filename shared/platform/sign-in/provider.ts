import type { TokenVerifier } from '../identity/authenticator.ts';
import type { TenantSite } from './tenant-site.ts';

/**
 * How people without a token come to one: one way for a deployment, chosen by `SIGN_IN`. Endpoint, permission table and
 * audit trail do not know which; every way ends in the same principal.
 */
export interface SignInProvider {
  /**
   * Authorization servers that a tenant's resources name (RFC 9728 section 2).
   * @returns none when clients are not told where to sign in
   */
  authorizationServers(site: TenantSite, request: Request): readonly string[];
  /** What a client asks its authorization server for to call the endpoint at this address. */
  scopeOf(resource: string): string;
  /** The tenant's authorization server metadata (RFC 8414 section 2), where this service is that server. */
  readonly serverMetadata?: (site: TenantSite, request: Request) => object;
  /** What is served below a tenant's `/oauth/`, by name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Issuers besides the tenants' directories whose access tokens count. */
  readonly verifiers: readonly TokenVerifier[];
  /** Registrations of this service itself at the identity provider: tokens that name one as their application came this way. */
  readonly applications: readonly string[];
  /** Removes what has outlived its time. */
  tidy(now: Date, enough?: AbortSignal): Promise<void>;
}

/** One HTTP operation of an authorization server. */
export interface Operation {
  /**
   * `any-origin`: called by programs and by pages of any origin, without cookies, answered in JSON. `browser`: a person's
   * browser goes there; answered with pages.
   */
  readonly audience: 'any-origin' | 'browser';
  readonly GET?: Answer;
  readonly POST?: Answer;
}

/** @throws OAuthProblem for what is wrong with the request */
export type Answer = (call: OperationCall) => Promise<Response>;

export interface OperationCall {
  readonly request: Request;
  readonly site: TenantSite;
  /** What a person or a client can name to support. */
  readonly correlationId: string;
}
