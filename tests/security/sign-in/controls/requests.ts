import { type Control, controlsIn, signInRoom } from '../control.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);

/** Of what clients ask for. */
export const requestControls: readonly Control[] = [
  off(
    'authorize.ts',
    'PKCE is S256',
    "query.get('code_challenge_method') !== 'S256' || ",
    '',
    'the plain method of PKCE',
    'no method of PKCE, which means the plain one',
  ),
  off(
    'authorize.ts',
    'there is a challenge of PKCE',
    '!/^[\\w-]{43}$/.test(challenge)',
    'false',
    'no challenge of PKCE',
    'a challenge that is not of the method’s length',
  ),
  off(
    'authorize.ts',
    'the answer is a code',
    "query.get('response_type') !== 'code'",
    'false',
    'a token instead of a code',
  ),
  off(
    'authorize.ts',
    'the code is in the query',
    "(query.get('response_mode') ?? 'query') !== 'query'",
    'false',
    'an answer in the fragment of the address',
  ),
  off(
    'authorize.ts',
    'a request is what it says itself',
    "query.has('request') || query.has('request_uri')",
    'false',
    'parameters that are somewhere else',
  ),
  off(
    'authorize.ts',
    'a client id fits into an address',
    "requiredOf(query, 'client_id', longest.clientId)",
    "requiredOf(query, 'client_id', 5_000)",
    'a question with a client id without end',
  ),
  off(
    'authorize.ts',
    'a resource is an endpoint of this service',
    'if (resource === undefined) {',
    'if (false) {',
    'a resource that is not this service',
  ),
  off(
    'authorize.ts',
    'a resource is the organisation’s own',
    'loopbackSpellings(one).includes(asked)',
    'new URL(one).origin === new URL(asked).origin',
    'a resource of another organisation',
  ),
  off(
    'authorize.ts',
    'a program is listed, where programs are, before anybody is asked',
    'refuseUnlisted(client.id, parts);',
    '',
    'a program that the deployment does not list, where it lists some',
  ),
  off(
    'authorize.ts',
    'nobody is sent anywhere before the redirect is known to be the client’s',
    'parts.clients.checkRedirect(client, redirect);',
    '',
    'an open redirect: what is wrong with a request of a known client',
  ),
];
