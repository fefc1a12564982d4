import * as z from 'zod';
import { Refused, Unavailable } from '../errors.ts';
import { SignInAgain } from '../identity/challenges.ts';
import { askTokenEndpoint } from '../identity/token-endpoint.ts';
import type { Proofs } from './proof.ts';

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
/** As Entra says why not (Microsoft identity platform, on-behalf-of flow, "error response example"). */
const denied = z.object({
  error: z.string(),
  suberror: z.string().optional(),
  error_codes: z.array(z.number()).catch([]).default([]),
  claims: z.string().optional(),
});

export interface Granted {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface TokenRequest {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Where its user can sign in, for a challenge. */
  readonly authorizeUrl: string;
  /** What its user has to consent to. */
  readonly consentScope: string;
}

/** AADSTS65001: nobody has consented. */
const noConsent = 65_001;

/**
 * Asks for a token of the user for another service. A service that is not known has used up nothing (RFC 6749 section 5.2): the
 * next proof is tried.
 * @throws SignInAgain when the user has to do something for it: prove more (a claims challenge), or consent
 */
export async function requestToken(request: TokenRequest, [prove, ...others]: Proofs): Promise<Granted> {
  const { ok, body } = await askTokenEndpoint(request.url, { ...request.parameters, ...(await prove()) });
  const token = ok ? granted.safeParse(body).data : undefined;
  if (token !== undefined) {
    return { token: token.access_token, expiresIn: token.expires_in };
  }
  const refusal = denied.safeParse(body).data;
  if (refusal === undefined) {
    throw new Unavailable('The identity provider does not answer as it should; try again in a few seconds.');
  }
  const [next, ...rest] = others;
  if (refusal.error === 'invalid_client' && next !== undefined) {
    return await requestToken(request, [next, ...rest]);
  }
  throw reasonOf(refusal, request);
}

function reasonOf(
  { error, suberror, error_codes: codes, claims }: z.output<typeof denied>,
  { authorizeUrl, consentScope }: TokenRequest,
): Error {
  if (claims !== undefined) {
    return new SignInAgain({
      status: 401,
      description:
        'Another service asks for more proof of who you are than your sign-in gave; sign in again, and call again.',
      parameters: {
        error: 'insufficient_claims',
        claims: Buffer.from(claims).toString('base64'),
        authorization_uri: authorizeUrl,
      },
    });
  }
  if (suberror === 'consent_required' || error === 'consent_required' || codes.includes(noConsent)) {
    const description =
      'Nobody has consented yet that this service acts for you at another one; sign in again and consent, or ask your administrator to, and call again.';
    return new SignInAgain({
      status: 403,
      description,
      parameters: { error: 'insufficient_scope', error_description: description, scope: consentScope },
    });
  }
  if (error === 'interaction_required' || error === 'invalid_grant') {
    const description =
      'Your sign-in is not good for another service any more; sign in again, and call again.';
    return new SignInAgain({
      status: 401,
      description,
      parameters: { error: 'invalid_token', error_description: description },
    });
  }
  if (error === 'temporarily_unavailable') {
    return new Unavailable('The identity provider is busy; try again in a minute.');
  }
  return new Refused(
    'The identity provider does not let this service act for you there; report it to the operator, who finds how to set it up in the security model.',
  );
}
