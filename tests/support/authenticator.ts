import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

import { type CborValue, cbor, coseKey } from './cbor.ts';

/** What a page asks for, in the JSON form of the WebAuthn API. */
interface Asked {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

interface Credential {
  readonly id: Buffer;
  readonly userHandle: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  counter: number;
}

/** What is unusual about an answer. */
export interface Unusual {
  readonly origin?: string;
  readonly challenge?: string;
  readonly userVerified?: false;
  /** Signs with a key that nobody registered. */
  readonly otherKey?: true;
  readonly userHandle?: string;
  /** The site that it signs for, in place of the one that asks. */
  readonly rpId?: string;
  /** As a copy of the device counts, which was made earlier. */
  readonly counter?: number;
}

const bits = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 };

/** A device with passkeys, in software: what `navigator.credentials` and the device behind it answer (WebAuthn level 3). */
export class Authenticator {
  readonly #credentials = new Map<string, Credential>();
  /** Of the answers from now on. */
  unusual: Unusual = {};

  /** Answers as the page's script would. @param origin of the page */
  answer(kind: string, optionsJson: string, origin: string): string {
    const options = JSON.parse(optionsJson) as Asked;
    return JSON.stringify(kind === 'create' ? this.#create(options, origin) : this.#get(options, origin));
  }

  #create({ challenge, rp, user }: Asked, origin: string): object {
    const rpId = rp?.id ?? '';
    const id = randomBytes(32);
    const credential = { id, userHandle: user?.id ?? '', ...newKey(), counter: 0 };
    this.#credentials.set(rpId, credential);
    const { x = '', y = '' } = credential.publicKey.export({ format: 'jwk' });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(x, y)]);
    const authData = Buffer.concat([this.#authData(rpId, 0, bits.attested), attested]);
    const attestation = cbor(
      new Map<string | number, CborValue>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return this.#response(id, {
      clientDataJSON: this.#clientData('webauthn.create', challenge, origin).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  #get({ challenge, rpId = '' }: Asked, origin: string): object {
    const credential = this.#credentials.get(rpId);
    if (credential === undefined) {
      throw new Error(`The device has no passkey for ${rpId}.`);
    }
    credential.counter += 1;
    const clientData = this.#clientData('webauthn.get', challenge, origin);
    const authData = this.#authData(rpId, this.unusual.counter ?? credential.counter);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    const { privateKey } = this.unusual.otherKey ? newKey() : credential;
    return this.#response(credential.id, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, privateKey).toString('base64url'),
      userHandle: this.unusual.userHandle ?? credential.userHandle,
    });
  }

  #clientData(type: string, challenge: string, origin: string): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: this.unusual.challenge ?? challenge,
        origin: this.unusual.origin ?? origin,
        crossOrigin: false,
      }),
    );
  }

  #authData(rpId: string, counter: number, more = 0): Buffer {
    const verified = this.unusual.userVerified === false ? 0 : bits.userVerified;
    const rest = Buffer.alloc(5);
    rest.writeUInt8(bits.userPresent | verified | more, 0);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([
      createHash('sha256')
        .update(this.unusual.rpId ?? rpId)
        .digest(),
      rest,
    ]);
  }

  #response(id: Buffer, response: object): object {
    const encoded = id.toString('base64url');
    return { id: encoded, rawId: encoded, type: 'public-key', response, clientExtensionResults: {} };
  }
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
