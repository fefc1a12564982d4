import { createECDH, createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { errors, type JSONWebKeySet, type JWK, type JWTPayload, type JWTVerifyGetKey, SignJWT } from 'jose';
import { keysFor, type Secrets } from './derived-keys.ts';

/** What this service signs its own tokens with, and what others verify them with. */
export interface OwnKeys {
  /** Signs with the current key; ES256. */
  sign(payload: JWTPayload, typ: string): Promise<string>;
  /** The key that a token's header names. */
  readonly find: JWTVerifyGetKey;
  /** The public halves of all (RFC 7517): the next key is among them before it signs, the last one after it did. */
  readonly jwks: JSONWebKeySet;
}

export const ownAlgorithm = 'ES256';

/** Every instance has the same keys: they are derived from the secrets, and nothing has to be stored. */
export function ownKeys(secrets: Secrets): OwnKeys {
  const keys = keysFor('own tokens', secrets, coordinateBytes + extraBytes).map(({ bytes }) =>
    keyPair(bytes),
  );
  const [signer] = keys;
  if (signer === undefined) {
    throw new Error('There is no secret.');
  }
  return {
    sign: (payload, typ) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: ownAlgorithm, typ, kid: signer.kid })
        .sign(signer.privateKey),
    find: ({ kid }) => {
      const key = keys.find((candidate) => candidate.kid === kid);
      if (key === undefined) {
        throw new errors.JWKSNoMatchingKey();
      }
      return key.publicKey;
    },
    jwks: { keys: keys.map(({ publicJwk }) => publicJwk) },
  };
}

interface KeyPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
}

const coordinateBytes = 32;
const extraBytes = 16;

function keyPair(bits: Uint8Array): KeyPair {
  const d = privateScalar(bits);
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(d);
  const point = curve.getPublicKey(); // 0x04, x, y
  const x = point.subarray(1, 1 + coordinateBytes).toString('base64url');
  const y = point.subarray(1 + coordinateBytes).toString('base64url');
  const publicMembers = { crv: 'P-256', kty: 'EC', x, y };
  const kid = hash('sha256', JSON.stringify(publicMembers), 'base64url'); // RFC 7638: these members, in this order
  return {
    kid,
    privateKey: createPrivateKey({ key: { ...publicMembers, d: d.toString('base64url') }, format: 'jwk' }),
    publicKey: createPublicKey({ key: publicMembers, format: 'jwk' }),
    publicJwk: { ...publicMembers, kid, alg: ownAlgorithm, use: 'sig' },
  };
}

/** Order of the P-256 group (SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A number from 1 to the order less 1, of bits more than it needs so that each is as likely (FIPS 186-5, A.2.1). */
function privateScalar(bits: Uint8Array): Buffer {
  const scalar = (BigInt(`0x${Buffer.from(bits).toString('hex')}`) % (order - 1n)) + 1n;
  return Buffer.from(scalar.toString(16).padStart(coordinateBytes * 2, '0'), 'hex');
}
