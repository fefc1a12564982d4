import { createHash } from 'node:crypto';
import type { JsonValue } from './pin.ts';

/**
 * A digest of what a client is told, the same whatever the order of members: SHA-256, in hexadecimal, of the canonical form
 * (JSON Canonicalization Scheme, RFC 8785, for texts, whole numbers and what is made of them).
 */
export function fingerprintOf(value: JsonValue): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member as JsonValue)]));
}
