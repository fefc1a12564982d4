import { type Control, controlsIn, signInRoom } from '../control.ts';

const own = controlsIn(`${signInRoom}/own`);
const anyOrigin =
  "JSON.parse(Buffer.from(response.response.clientDataJSON, 'base64url').toString('utf8')).origin";
/** As the two calls of the library begin. */
const registration = 'await verifyRegistrationResponse({\n    response,\n';
const authentication = 'await verifyAuthenticationResponse({\n    response,\n';
const challenge = '    expectedChallenge: encoded(challenge),\n';
const origin = '    expectedOrigin: party.origin,\n';
const site = '    expectedRPID: party.id,\n';
const owner = '    requireUserVerification: true,\n';
const withoutOwner = '    requireUserVerification: false,\n';

interface Call {
  /** What it is of, in the names of controls. */
  readonly of: string;
  /** How it begins and ends: what of it is switched off must be there once. */
  readonly begin: string;
  readonly end: string;
  /** Attacks that notice. */
  readonly challenge: string;
  readonly origin: string;
  readonly site: string;
  readonly owner: string;
}

/** What the library is told to hold a passkey to. */
function heldTo({ of, begin, end, ...attacks }: Call): Control[] {
  const without = (control: string, changed: readonly string[], attack: string) =>
    own(
      'passkeys.ts',
      `${of} ${control}`,
      `${begin}${challenge}${origin}${site}${owner}${end}`,
      `${begin}${changed.join('')}${end}`,
      attack,
    );
  return [
    without(
      'answers this question',
      ['    expectedChallenge: () => true,\n', origin, site, owner],
      attacks.challenge,
    ),
    without(
      'comes from a page of the service',
      [challenge, `    expectedOrigin: ${anyOrigin},\n`, site, owner],
      attacks.origin,
    ),
    without(
      'is for the service’s host',
      [challenge, origin, "    expectedRPID: [party.id, 'neighbour.example'],\n", owner],
      attacks.site,
    ),
    without('has seen its owner', [challenge, origin, site, withoutOwner], attacks.owner),
  ];
}

/** Of passkeys: when they are made, and when they are used. */
export const passkeyControls: readonly Control[] = [
  ...heldTo({
    of: 'a new passkey',
    begin: registration,
    end: '  }).catch(',
    challenge: 'a new passkey for another invitation',
    origin: 'a new passkey of another site’s page',
    site: 'a new passkey for another site',
    owner: 'a new passkey of a device that did not ask for its owner',
  }),
  ...heldTo({
    of: 'a passkey',
    begin: authentication,
    end: '    credential: {',
    challenge: 'a passkey’s answer to another sign-in',
    origin: 'a passkey on the page of another site',
    site: 'a passkey that signs for another site',
    owner: 'a passkey on a device that did not ask for its owner',
  }),
  own(
    'passkeys.ts',
    'a passkey signs with its own key',
    'if (!verified || authenticationInfo === undefined) {',
    'if (authenticationInfo === undefined) {',
    'a passkey that somebody else’s key signs for',
  ),
  own(
    'passkeys.ts',
    'a passkey counts up',
    'credential: { id, counter, publicKey:',
    'credential: { id, counter: 0, publicKey:',
    'a passkey of a copy of the device',
  ),
  own(
    'passkey-upstream.ts',
    'how far a passkey has counted is kept',
    'used.counter !== passkey.counter',
    'false',
    'a passkey of a copy of the device',
  ),
  controlsIn('shared/platform/storage')(
    'people-store.ts',
    'a passkey is its person’s',
    'isId(person) ? await (await table()).get(person, passkeyKey(id)) : undefined;',
    `(await (await table()).list(\`RowKey eq '\${passkeyKey(id)}'\`))[0];`,
    'a passkey under the name of somebody else',
  ),
  own(
    'passkeys.ts',
    'a passkey is for a host name',
    "isIP(hostname.replace(/^\\[|\\]$/g, '')) !== 0",
    'false',
    'an invitation at an address that no passkey is for',
  ),
  own(
    'passkey-operation.ts',
    'a passkey is asked for after consent',
    'if (!consented) {',
    'if (false) {',
    'a page for passkeys before the person agreed',
  ),
];
