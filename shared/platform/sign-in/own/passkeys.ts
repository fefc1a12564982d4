import { isIP } from 'node:net';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import * as z from 'zod';
import { parsedOrUndefined } from '../../json/parse.ts';
import type { Passkey } from '../../storage/people-store.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';

/** What passkeys are for: an address, as the browser shows it. Passkeys of one are worth nothing at another. */
export interface RelyingParty {
  /** Host name; never an IP address (WebAuthn level 3, section 5.1.2). */
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

/** @throws OAuthProblem at an address that browsers have no passkeys for */
export function relyingParty(address: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(address);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    throw new OAuthProblem(
      'invalid_request',
      'Browsers have no passkeys for an IP address; write localhost in its place.',
    );
  }
  return { id: hostname, origin, name };
}

/** Loaded at the first use: it is large, and only one way of signing in needs it. */
const library = () => import('@simplewebauthn/server');

/** What a browser is asked for to make a passkey: one that the authenticator finds by itself, and that asks for its owner. */
export async function registrationOptions(
  party: RelyingParty,
  person: { readonly id: string; readonly name: string },
  challenge: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: new TextEncoder().encode(person.id),
    userName: person.name,
    userDisplayName: person.name,
    challenge: new TextEncoder().encode(challenge),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What a browser is asked for to sign in: any passkey that the person has here. */
export async function authenticationOptions(
  party: RelyingParty,
  challenge: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return await generateAuthenticationOptions({
    rpID: party.id,
    challenge: new TextEncoder().encode(challenge),
    userVerification: 'required',
  });
}

const responseShape = z.looseObject({
  id: z.string().max(2_000),
  rawId: z.string().max(2_000),
  type: z.literal('public-key'),
  response: z.looseObject({ userHandle: z.string().max(200).optional() }),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** @throws OAuthProblem when the text is not what a browser makes */
function parsed(text: string): z.output<typeof responseShape> {
  const response = responseShape.safeParse(parsedOrUndefined(text)).data;
  if (response === undefined) {
    throw refusedPasskey();
  }
  return response;
}

/** @throws OAuthProblem when it was not made here, now, by an authenticator that asked for its owner */
export async function verifyRegistration(
  text: string,
  party: RelyingParty,
  challenge: string,
): Promise<Passkey> {
  const response = parsed(text) as unknown as RegistrationResponseJSON;
  const { verifyRegistrationResponse } = await library();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: encoded(challenge),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(() => ({ verified: false, registrationInfo: undefined }));
  if (!verified || registrationInfo === undefined) {
    throw refusedPasskey();
  }
  const { id, publicKey, counter } = registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter };
}

/** Whose passkey an answer claims to be, and which. */
export function claimedBy(text: string): { readonly person: string; readonly passkey: string } {
  const { id, response } = parsed(text);
  return { person: Buffer.from(response.userHandle ?? '', 'base64url').toString('utf8'), passkey: id };
}

/**
 * @returns the passkey with its new counter
 * @throws OAuthProblem when the passkey did not sign this challenge, here
 */
export async function verifyAuthentication(
  text: string,
  { id, publicKey, counter }: Passkey,
  party: RelyingParty,
  challenge: string,
): Promise<Passkey> {
  const response = parsed(text) as unknown as AuthenticationResponseJSON;
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: encoded(challenge),
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: { id, counter, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')) },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  if (!verified || authenticationInfo === undefined) {
    throw refusedPasskey();
  }
  return { id, publicKey, counter: authenticationInfo.newCounter };
}

/** As browsers give a challenge back. */
const encoded = (challenge: string) => Buffer.from(challenge, 'utf8').toString('base64url');

/** Says the same whatever is wrong: who guesses learns nothing. */
export function refusedPasskey(): OAuthProblem {
  return new OAuthProblem(
    'access_denied',
    'This passkey is not known here, or did not sign; start again in the program that you use, or ask for a new invitation.',
    403,
  );
}
