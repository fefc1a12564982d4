/** Where a client finds out how to get a token (RFC 9728), and what to ask for. */
export interface ChallengeOptions {
  /** Address of the protected-resource metadata; undefined when there is none. */
  readonly resourceMetadata: string | undefined;
  readonly scope?: string;
}

/** 401 with a challenge (RFC 6750 section 3). Without a token it carries no `error`, as section 3.1 asks. */
export function unauthorized(description: string, tokenSent: boolean, options: ChallengeOptions): Response {
  const parameters = tokenSent ? { error: 'invalid_token', error_description: description } : {};
  return challenge(401, description, { ...parameters, ...challengeParameters(options) });
}

/**
 * 403 that names the scope the token lacks (RFC 6750 section 3.1, `insufficient_scope`). Only for what a sign-in can give:
 * clients take it as a call to sign their user in once more.
 */
export function insufficientScope(description: string, options: ChallengeOptions): Response {
  return challenge(403, description, {
    error: 'insufficient_scope',
    error_description: description,
    ...challengeParameters(options),
  });
}

function challengeParameters({ resourceMetadata, scope }: ChallengeOptions): Record<string, string> {
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(resourceMetadata === undefined ? {} : { resource_metadata: resourceMetadata }),
  };
}

function challenge(status: number, message: string, parameters: Record<string, string>): Response {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${quotable(value)}"`);
  return Response.json(
    { jsonrpc: '2.0', error: { code: status === 401 ? -32001 : -32003, message }, id: null },
    { status, headers: { 'WWW-Authenticate': `Bearer ${list.join(', ')}` } },
  );
}

/** RFC 6750 allows printable ASCII without the quote and the backslash inside the parameters. */
function quotable(value: string): string {
  return value.replace(/[^\x20-\x7e]|["\\]/g, ' ');
}
