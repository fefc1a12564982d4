import { BusinessError } from '../errors.ts';

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

/** What another sign-in can give, as a client is told of it. */
export interface SignInChallenge {
  /** 401 for a sign-in that has to prove more, 403 for a consent that is missing. */
  readonly status: 401 | 403;
  readonly description: string;
  /** Of the challenge: `error` and what goes with it. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The call can be made once its user has signed in again, in the way that the challenge says. */
export class SignInAgain extends BusinessError {
  readonly code = 'refused';
  readonly challenge: SignInChallenge;

  constructor(challenge: SignInChallenge) {
    super(challenge.description);
    this.challenge = challenge;
  }
}

/** The challenge as an answer to the whole request. */
export function signInAgain(
  { status, description, parameters }: SignInChallenge,
  resourceMetadata: string | undefined,
): Response {
  return challenge(status, description, { ...parameters, ...challengeParameters({ resourceMetadata }) });
}

/** The value of `WWW-Authenticate`, for a result that cannot have the header any more. */
export function challengeText({ parameters }: SignInChallenge, resourceMetadata: string | undefined): string {
  return bearer({ ...parameters, ...challengeParameters({ resourceMetadata }) });
}

function challengeParameters({ resourceMetadata, scope }: ChallengeOptions): Record<string, string> {
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(resourceMetadata === undefined ? {} : { resource_metadata: resourceMetadata }),
  };
}

function challenge(status: number, message: string, parameters: Record<string, string>): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code: status === 401 ? -32001 : -32003, message }, id: null },
    { status, headers: { 'WWW-Authenticate': bearer(parameters) } },
  );
}

function bearer(parameters: Readonly<Record<string, string>>): string {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${quotable(value)}"`);
  return `Bearer ${list.join(', ')}`;
}

/** RFC 6750 allows printable ASCII without the quote and the backslash inside the parameters. */
function quotable(value: string): string {
  return value.replace(/[^\x20-\x7e]|["\\]/g, ' ');
}
