import type { Principal } from './principal.ts';

/**
 * Finds out who calls.
 * @throws Unauthenticated when there is no valid token
 * @throws Unavailable when the identity provider cannot be reached
 */
export type Authenticate = (request: Request) => Promise<Principal>;

/** There is no token (`tokenSent` false) or it is not valid. The message goes to the caller. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  readonly tokenSent: boolean;

  constructor(message: string, options: { tokenSent: boolean }) {
    super(message);
    this.tokenSent = options.tokenSent;
  }
}

/** The token is genuine, and its holder may not use this service. The message goes to the caller. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1); undefined without the header. */
export function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  if (header === null) return undefined;
  const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header)?.[1];
  if (token === undefined) {
    throw new Unauthenticated('Send one token as "Authorization: Bearer <token>".', { tokenSent: true });
  }
  return token;
}
