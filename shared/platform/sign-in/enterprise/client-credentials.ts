import type { Parameters } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';

/** What a request shows of who its client is. Nothing of it is checked yet. */
export type ClientCredentials =
  | { readonly method: 'none'; readonly clientId: string }
  /** One secret, as clients differ over how to write it in a header. */
  | { readonly method: 'secret'; readonly clientId: string; readonly secrets: readonly string[] }
  | { readonly method: 'private_key_jwt'; readonly clientId: string; readonly assertion: string };

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Reads `client_secret_basic`, `client_secret_post` (RFC 6749 section 2.3.1), `private_key_jwt` (RFC 7523 section 2.2) or a
 * bare `client_id`.
 * @throws OAuthProblem when there is none of them, or more than one
 */
export function clientCredentials(request: Request, parameters: Parameters): ClientCredentials {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  const assertion = parameters.get('client_assertion');
  const basic = basicCredentials(request.headers.get('authorization'), clientId);
  if ([basic, secret, assertion].filter((each) => each !== undefined).length > 1) {
    throw new OAuthProblem('invalid_request', 'Say in one way only who the client is.');
  }
  if (basic !== undefined) {
    return basic;
  }
  if (clientId === undefined) {
    throw new OAuthProblem('invalid_client', 'Send the client_id, and what proves it.');
  }
  if (assertion !== undefined) {
    if (parameters.get('client_assertion_type') !== assertionType) {
      throw new OAuthProblem('invalid_client', `The client_assertion_type must be ${assertionType}.`);
    }
    return { method: 'private_key_jwt', clientId, assertion };
  }
  return secret === undefined
    ? { method: 'none', clientId }
    : { method: 'secret', clientId, secrets: [secret] };
}

/**
 * The standard has both parts form-encoded before they are joined; many clients join them as they are, among them the
 * official one. An id that is an address has colons of its own: the parameter beside the header then says where it ends.
 */
function basicCredentials(header: string | null, stated: string | undefined): ClientCredentials | undefined {
  if (header === null) {
    return undefined;
  }
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const pair = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair?.indexOf(':') ?? -1;
  if (pair === undefined || colon < 1) {
    throw new OAuthProblem(
      'invalid_client',
      'The Authorization header is not right; send Basic credentials.',
    );
  }
  const joined = stated !== undefined && pair.startsWith(`${stated}:`) ? stated : undefined;
  const clientId = joined ?? formDecoded(pair.slice(0, colon));
  if (stated !== undefined && stated !== clientId) {
    throw new OAuthProblem('invalid_request', 'Header and client_id name different clients.');
  }
  const secret = pair.slice((joined?.length ?? colon) + 1);
  return { method: 'secret', clientId, secrets: [secret, formDecoded(secret)] };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
