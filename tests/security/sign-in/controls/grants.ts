import { type Control, controlsIn, signInRoom } from '../control.ts';

import { refreshControls } from './refresh-tokens.ts';

const proxy = `${signInRoom}/proxy`;
const off = controlsIn(proxy);
const verifierCheck =
  '!/^[\\w.~-]{43,128}$/.test(verifier) || !isSame(challengeOf(verifier), code.challenge)';

/** Of codes, tokens, and what they are given for. */
export const grantControls: readonly Control[] = [
  off(
    'grant-types.ts',
    'a code is redeemed once, on all instances',
    "!(await store.useOnce('code', code.id, inSeconds(codeMemory, parts)))",
    'false',
    'a code that is redeemed again',
    'a code that is redeemed twice at once, at two instances',
  ),
  off(
    'grant-types.ts',
    'a code that two have gives nothing to either',
    'await store.end(code.family, inSeconds(refreshTokenLifetime, parts));',
    '',
    'the tokens of whoever redeemed a code first, after somebody else had it, too',
  ),
  off(
    'grant-types.ts',
    'a code is its client’s',
    'code.client !== client || ',
    '',
    'a code of another client',
  ),
  off(
    'grant-types.ts',
    'a code is for the redirect that it was sent to',
    "code.redirect !== requiredOf(form, 'redirect_uri', longest.redirect)",
    'false',
    'a code with another redirect than it was sent to',
  ),
  off(
    'grant-types.ts',
    'a code needs a verifier',
    verifierCheck,
    "verifier !== '' && !isSame(challengeOf(verifier), code.challenge)",
    'a code without a verifier',
  ),
  off(
    'grant-types.ts',
    'a code needs its own verifier',
    verifierCheck,
    '!/^[\\w.~-]{43,128}$/.test(verifier)',
    'a code with another verifier',
  ),
  off(
    'grant-types.ts',
    'a verifier cannot be guessed',
    verifierCheck,
    '!isSame(challengeOf(verifier), code.challenge)',
    'a code with a verifier that can be guessed',
  ),
  off(
    'codes.ts',
    'a code lives for a minute',
    'export const codeLifetime = 60;',
    'export const codeLifetime = 6_000;',
    'a code after a minute',
  ),
  off(
    'grant-types.ts',
    'a code is its organisation’s',
    'code === undefined || code.tenant !== site.slug',
    'code === undefined',
    'a code at the address of another organisation',
  ),
  off(
    'grant-types.ts',
    'a code is for the resource that the person agreed to',
    'checkResource(form, code.resource, asked);',
    '',
    'a code for another resource than the person agreed to',
  ),
  off(
    'grant-types.ts',
    'a program is listed, where programs are, when it redeems a code',
    'checkResource(form, code.resource, asked);\n  refuseUnlisted(client, parts);',
    'checkResource(form, code.resource, asked);',
    'the code of a program that is listed no more',
  ),
  ...refreshControls,
  off(
    'revoke.ts',
    'a client revokes its own tokens',
    'token.client !== client || token.tenant !== site.slug',
    'false',
    'the sign-in of another client that somebody wants to end',
  ),
  off(
    'answer-client.ts',
    'an answer names its server',
    "url.searchParams.append('iss', issuerOf(site, request));",
    '',
    'an answer that could be another server’s',
    'a refusal that could be another server’s',
  ),
  off(
    'answer-client.ts',
    'what a client sends is written as a parameter',
    'return url.href;',
    'return decodeURIComponent(url.href);',
    'a state that is to split the response',
  ),
  off(
    'server.ts',
    'programs register themselves only where they may',
    '...(registration && { register: registerOperation({ registered, allowed, now }) }),',
    'register: registerOperation({ registered, allowed, now }),',
    'a registration where programs may not register themselves',
  ),
  off(
    'server.ts',
    'ids that programs made count only where they may make them',
    'registered: registration ? registered : undefined,',
    'registered,',
    'an id that a program got before programs could not register themselves any more',
  ),
];
