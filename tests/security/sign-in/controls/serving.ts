import { type Control, controlsIn, signInRoom } from '../control.ts';

const room = controlsIn(signInRoom);

export const servingControls: readonly Control[] = [
  room(
    'serve.ts',
    'pages of other origins read what programs are answered, and nothing else',
    'return isOpen ? readableByAnyPage(call.request, response) : response;',
    'return readableByAnyPage(call.request, response);',
    'a page of another origin that reads the question',
  ),
  room(
    'serve.ts',
    'no cache keeps an answer',
    "response.headers.set('Cache-Control', 'no-store');",
    '',
    'an answer that a cache keeps',
  ),
  room(
    'serve.ts',
    'the service answers under its own names',
    'const isWrongHost = hostHeaderValidationResponse(request, [...allowedHosts]) !== undefined;',
    'const isWrongHost = false;',
    'a request under a name that is not the service’s',
  ),
  room(
    'serve.ts',
    'requests come through the gateway, where there is one',
    ' || !fromGateway(request)',
    '',
    'a way round the gateway',
  ),
  room(
    'server-metadata.ts',
    'every organisation has an issuer of its own',
    'issuer: issuerOf(site, request),',
    'issuer: new URL(issuerOf(site, request)).origin,',
    'metadata of one organisation’s server at the address of another',
  ),
];
