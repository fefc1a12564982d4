import type { Principal } from './principal.ts';

/**
 * Finds out who calls.
 * @throws Unauthenticated when there is no valid token
 * @throws Unavailable when the identity provider cannot be reached
 */
export type Authenticate = (request: Request) => Promise<Principal>;

/** One way to find out who calls. */
export interface Authenticator {
  readonly authenticate: Authenticate;
  /**
   * Resolves when callers can be verified.
   * @throws Unavailable when the identity provider cannot be reached
   */
  ready(): Promise<void>;
}

/** Verifies the access tokens of issuers that are no directory. */
export interface TokenVerifier {
  /** Their `iss` claims, to the letter. */
  readonly issuers: readonly string[];
  /**
   * @param request what the token came with: it may be good for one endpoint only
   * @throws Unauthenticated when the token is not valid
   * @throws Forbidden when it may not be used here
   */
  verify(token: string, request: Request): Promise<Principal>;
}

/** There is no token (`tokenSent` false) or it is not valid. The message goes to the caller, the reason to the audit trail. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  readonly tokenSent: boolean;
  readonly reason: string;

  constructor(message: string, { tokenSent, reason }: { tokenSent: boolean; reason?: string }) {
    super(message);
    this.tokenSent = tokenSent;
    this.reason = reason ?? (tokenSent ? 'invalid_token' : 'no_token');
  }
}

/** The token is genuine, and its holder may not use this service. The message goes to the caller, the reason to the audit trail. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  readonly reason: string;
  /** The scope that is missing, if that is why. */
  readonly scope: string | undefined;

  constructor(reason: string, message: string, scope?: string) {
    super(message);
    this.reason = reason;
    this.scope = scope;
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1); undefined without the header. */
export function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  if (header === null) {
    return undefined;
  }
  const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header)?.[1];
  if (token === undefined) {
    throw new Unauthenticated('Send one token as "Authorization: Bearer <token>".', { tokenSent: true });
  }
  return token;
}
