/** What is wrong with a request, as OAuth says it. The sentence goes to the client or the person and says what to do. */
export class OAuthProblem extends Error {
  override readonly name = 'OAuthProblem';
  /** The `error` code (RFC 6749 sections 4.1.2.1 and 5.2, RFC 7591 section 3.2.2, RFC 8707 section 2). */
  readonly error: OAuthErrorCode;
  readonly status: number;
  /** Where the browser takes it, when it is the client that is to be told. */
  readonly location: string | undefined;

  constructor(
    error: OAuthErrorCode,
    sentence: string,
    status = error === 'invalid_client' ? 401 : 400,
    location?: string,
  ) {
    super(sentence);
    this.error = error;
    this.status = status;
    this.location = location;
  }
}

export type OAuthErrorCode =
  | 'access_denied'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_grant'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_target'
  | 'server_error'
  | 'slow_down'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type';

/** Seconds after which it may be better, by status. */
const retryAfter: Readonly<Record<number, string>> = { 429: '60', 503: '5' };

/** The problem as JSON (RFC 6749 section 5.2). */
export function problemResponse({ error, message, status }: OAuthProblem): Response {
  const headers = { ...(retryAfter[status] && { 'Retry-After': retryAfter[status] }) };
  return Response.json({ error, error_description: message }, { status, headers });
}
