import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** The signing keys of one directory: RSA, 2048 bits, RS256. */
export class KeyRing {
  /** Newest first; the first one signs, all are published. */
  #keys: readonly [SigningKey, ...SigningKey[]];

  private constructor(keys: readonly [SigningKey, ...SigningKey[]]) {
    this.#keys = keys;
  }

  /** @param kept private keys of an earlier start, newest first; without any, there is a new one */
  static async create(kept: readonly JWK[] = []): Promise<KeyRing> {
    const [first, ...rest] = await Promise.all(kept.map(keyOf));
    return new KeyRing(first === undefined ? [await newKey()] : [first, ...rest]);
  }

  /** Key id that new tokens carry. */
  get currentKid(): string {
    return this.#keys[0].kid;
  }

  /** Private keys, newest first. */
  get privateJwks(): { keys: JWK[] } {
    return { keys: this.#keys.map(({ jwk }) => jwk) };
  }

  /** What verifiers may see of the keys, newest first. */
  get publicJwks(): { keys: JWK[] } {
    const keys = this.#keys.map(
      ({ jwk: { kty, n, e, kid, alg, use } }) => ({ kty, n, e, kid, alg, use }) as JWK,
    );
    return { keys };
  }

  /** Signs with a new key from now on; tokens of the earlier ones stay verifiable. */
  async rotate(): Promise<void> {
    this.#keys = [await newKey(), ...this.#keys];
  }

  /** Withdraws every key but the one that signs. */
  retireOld(): void {
    this.#keys = [this.#keys[0]];
  }

  /** Adds nothing to the claims. `header` overrides what a usual token has in its header. */
  async sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const { kid, privateKey } = this.#keys[0];
    return await new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, ...header })
      .sign(privateKey);
  }
}

async function newKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, jwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
}

async function keyOf(jwk: JWK): Promise<SigningKey> {
  const privateKey = (await importJWK(jwk, 'RS256')) as CryptoKey;
  return { kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)), privateKey, jwk };
}
