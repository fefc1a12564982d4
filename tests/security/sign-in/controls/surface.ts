import { type Control, controlsIn, signInRoom } from '../control.ts';
import { cookieAndFormControls } from './cookies-and-forms.ts';

import { servingControls } from './serving.ts';

const http = controlsIn(`${signInRoom}/http`);
const room = controlsIn(signInRoom);
const platform = controlsIn('shared/platform');

/** Of pages, forms, cookies and addresses. */
export const surfaceControls: readonly Control[] = [
  http(
    'pages.ts',
    'older browsers show no page in a frame',
    "'X-Frame-Options': 'DENY',",
    '',
    'the question in somebody else’s frame',
  ),
  http(
    'pages.ts',
    'browsers show no page in a frame',
    '"frame-ancestors \'none\'",',
    '',
    'the question in a frame of a browser that knows the policy only',
  ),
  http(
    'pages.ts',
    'a page brings nothing along',
    '"default-src \'none\'",',
    '',
    'something from elsewhere in a page: a script, an image, a frame',
  ),
  http(
    'pages.ts',
    'a form goes to the service',
    '"form-action \'self\'",',
    '',
    'a form that sends the answer elsewhere',
  ),
  http(
    'pages.ts',
    'a page has no other base',
    '"base-uri \'none\'",',
    '',
    'a form that sends the answer elsewhere',
  ),
  http(
    'pages.ts',
    'what is put into a page is text',
    `return part.replace(/[&<>"'\`]/g, (character) => \`&#\${character.charCodeAt(0)};\`);`,
    // quotes stay guarded: without that no page that carries a passkey's options works
    `return part.replace(/["'\`]/g, (character) => \`&#\${character.charCodeAt(0)};\`);`,
    'a program with markup for a name',
  ),
  http(
    'redirect.ts',
    'an answer says nothing of where it comes from',
    "'Referrer-Policy': 'no-referrer',",
    '',
    'an answer that says where the person came from',
  ),
  http(
    'cors.ts',
    'no page gets an answer that the person’s cookies made',
    "const readable = { 'Access-Control-Allow-Origin': '*',",
    "const readable = { 'Access-Control-Allow-Credentials': 'true', 'Access-Control-Allow-Origin': '*',",
    'a page of another origin that asks for tokens with the person’s cookies',
  ),
  ...cookieAndFormControls,
  ...servingControls,
  room(
    'keys/sealed.ts',
    'what an earlier key sealed can be opened',
    'keys.find((one) => one.kid === header.kid)',
    'keys.slice(0, 1).find((one) => one.kid === header.kid)',
    'a key that replaces another while people sign in, and ends what they began',
  ),
  room(
    'keys/derived-keys.ts',
    'keys come of the deployment’s secrets',
    "hkdfSync('sha256', secret, '',",
    "hkdfSync('sha256', 'a secret of the product', '',",
    'a code under a key that is gone',
    'a sign-in under way when its key is withdrawn',
  ),
  controlsIn('shared/composition')(
    'tenant-endpoints.ts',
    'an organisation’s address is for its people',
    'principal.tenant !== tenant',
    'false',
    'a token of one organisation at the address of another',
    'a token of the service’s own at the address of another organisation',
  ),
  platform(
    'identity/jwt.ts',
    'a token is for this service',
    'audience: [...options.audiences],',
    '',
    'a token of the identity provider that is for another service',
  ),
];
