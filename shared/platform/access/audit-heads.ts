import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from './audit-chain.ts';

/** How far a shard was when it was sealed: its last position, and the hash there. */
export type Sealed = readonly [position: number, hash: string];

/** What a head says. Each names the shards that grew since the one before it, whose digest it holds. */
export interface HeadContent {
  readonly tenant: string;
  /** Counts from 1. */
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** SHA-256 of the text of the head before it; empty for the first one. */
  readonly previous: string;
  readonly shards: Readonly<Record<string, Sealed>>;
  /** The public half of the key that signed it (Ed25519, base64url). */
  readonly key: string;
}

/** A head as it is kept: what is signed is the text, to the letter. */
export interface Head {
  readonly text: string;
  /** Ed25519 over the text, base64url. */
  readonly signature: string;
}

/** A key that seals the trail; made from a secret of the deployment, so that all instances have the same. */
export interface SealingKey {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** Before the 32 bytes of an Ed25519 key: PKCS #8 and SubjectPublicKeyInfo in DER (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** @param secret of the deployment; nothing about it can be told from the key */
export function sealingKey(secret: string): SealingKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'audit trail heads', 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(publicPrefix.length)
    .toString('base64url');
  return { publicKey, privateKey };
}

export function headOf(content: Omit<HeadContent, 'key'>, { publicKey, privateKey }: SealingKey): Head {
  const text = JSON.stringify({ ...content, key: publicKey } satisfies HeadContent);
  return { text, signature: sign(null, Buffer.from(text), privateKey).toString('base64url') };
}

/** What a head says; undefined when its signature is not that of the key that it names. */
export function contentOf({ text, signature }: Head): HeadContent | undefined {
  try {
    const content = JSON.parse(text) as HeadContent;
    const key = createPublicKey({
      key: Buffer.concat([publicPrefix, Buffer.from(content.key, 'base64url')]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url')) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** By which the next head names this one. */
export const digestOfHead = ({ text }: Head) => sha256(text);
