import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/**
 * A digest of what a client is told, the same whatever the order of members: SHA-256, in hexadecimal, of the canonical form
 * (JSON Canonicalization Scheme, RFC 8785, for texts, whole numbers and what is made of them).
 * @param value JSON
 */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
