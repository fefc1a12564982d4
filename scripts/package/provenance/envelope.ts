import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A signed statement as DSSE has it (https://github.com/secure-systems-lab/dsse/blob/master/envelope.md). */
export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export const payloadType = 'application/vnd.in-toto+json';

/**
 * Signs with ECDSA P-256 and SHA-256.
 * @param bytes what is signed, the protocol's own encoding of a payload and its type
 * @returns the signature in DER, as sigstore and cosign have it
 */
export type Sign = (bytes: Buffer) => Promise<Buffer> | Buffer;

/** What is signed instead of the payload alone, so that it cannot be taken for something of another type. */
function preAuthEncoding(type: string, payload: Buffer): Buffer {
  const typeLength = Buffer.byteLength(type);
  return Buffer.concat([Buffer.from(`DSSEv1 ${typeLength} ${type} ${payload.length} `), payload]);
}

export async function seal(statement: object, sign: Sign, publicKey: KeyObject): Promise<Envelope> {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = await sign(preAuthEncoding(payloadType, payload));
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: keyId(publicKey), sig: sig.toString('base64') }],
  };
}

/**
 * What an envelope says, read only after its signature was found good: nothing of an unsigned text is looked at.
 * @throws Error when nobody or somebody else signed it
 */
export function unseal(envelope: unknown, publicKey: KeyObject): unknown {
  const { payload, signatures } = checkShape(envelope);
  const bytes = Buffer.from(payload, 'base64');
  const signed = preAuthEncoding(payloadType, bytes);
  const good = signatures.some(({ sig }) =>
    verify('sha256', signed, publicKey, Buffer.from(String(sig), 'base64')),
  );
  if (!good) {
    throw new Error(
      'The provenance is not signed with the expected key, or was changed after it was signed. Deploy nothing; build and sign again.',
    );
  }
  return JSON.parse(bytes.toString('utf8'));
}

function checkShape(envelope: unknown): Envelope {
  const { payloadType: type, payload, signatures } = Object(envelope) as Partial<Envelope>;
  if (type !== payloadType || typeof payload !== 'string' || !Array.isArray(signatures)) {
    throw new Error(`The provenance is no DSSE envelope of type ${payloadType}. Build and sign again.`);
  }
  return { payloadType: type, payload, signatures };
}

/**
 * @param pem a public key, or a private one, of which the public half is taken
 * @throws Error for anything but a key on the curve P-256
 */
export function publicKeyOf(pem: string | KeyObject): KeyObject {
  const key = typeof pem !== 'string' && pem.type === 'public' ? pem : createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error(
      'The key is not on the curve P-256. Make one: openssl ecparam -name prime256v1 -genkey -noout',
    );
  }
  return key;
}

function keyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
