import {
  constants,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import type { Claims } from './authority.ts';

/** What is unusual about a token. */
export interface Forgery {
  /** RS256 unless named. `none` leaves the signature empty; HS256 takes the directory's public key as the secret. */
  readonly alg?: string;
  readonly kid?: string;
  /** More header parameters. */
  readonly header?: Claims;
  /** The shape of the token; 2.0 unless named. */
  readonly version?: '1.0' | '2.0';
  /** Directory whose keys sign; the token's own unless named. */
  readonly keysOf?: string;
}

interface Pair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface KeyRing {
  readonly rsa: Pair;
  readonly ec: Pair;
}

/** A public key as the text that a library would take for a secret. */
const pem = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'pem' });

export function newRing(): KeyRing {
  return {
    rsa: { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    ec: { kid: randomUUID(), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  };
}

/** Like Entra's: without an algorithm. */
export function toJwk({ kid, publicKey }: Pair) {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' };
}

/** Written out instead of taken from a library: a library refuses to make most of what an attacker sends. */
export function signToken(
  claims: Claims,
  ring: KeyRing,
  { alg = 'RS256', kid, header = {} }: Forgery,
): string {
  const pair = alg.startsWith('ES') ? ring.ec : ring.rsa;
  const head = { typ: 'JWT', alg, kid: kid ?? pair.kid, ...header };
  const input = `${base64url(head)}.${base64url(claims)}`;
  return `${input}.${signature(alg, input, pair)}`;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signature(alg: string, input: string, pair: Pair): string {
  if (alg.toLowerCase() === 'none') {
    return '';
  }
  const hash = `sha${/\d+$/.exec(alg)?.[0] ?? '256'}`;
  if (alg.startsWith('HS')) {
    return createHmac(hash, pem(pair)).update(input).digest('base64url');
  }
  return sign(hash, Buffer.from(input), { key: pair.privateKey, ...parametersOf(alg) }).toString('base64url');
}

function parametersOf(alg: string): Omit<SignKeyObjectInput, 'key'> {
  if (alg.startsWith('ES')) {
    return { dsaEncoding: 'ieee-p1363' };
  }
  if (!alg.startsWith('PS')) {
    return {};
  }
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
