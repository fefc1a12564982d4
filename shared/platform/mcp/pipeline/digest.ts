import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '../../json/canonical.ts';

/** Makes keyed digests of a call's arguments: equal arguments of one tenant give equal digests, and values cannot be guessed from them. */
export type ArgumentDigest = (tenant: string, tool: string, input: unknown) => string;

export function argumentDigest(key: string): ArgumentDigest {
  const mac = hmacSha256(key);
  return (tenant, tool, input) => mac([tenant, tool, canonicalJson(input)].join('\0')).slice(0, 22);
}

/** Bytes that SHA-256 takes at a time. */
const block = 64;
const innerPad = 0x36;
const outerPad = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104 section 2), in base64url, for short texts: two hashes in one go each, because the object that
 * Node makes for an HMAC costs several times as much, most of it when it is collected.
 */
function hmacSha256(key: string): (text: string) => string {
  const given = Buffer.from(key, 'utf8');
  const bytes = given.byteLength > block ? createHash('sha256').update(given).digest() : given;
  const padded = (pad: number) => Buffer.alloc(block).map((_, at) => (bytes[at] ?? 0) ^ pad);
  const inner = padded(innerPad);
  const outer = padded(outerPad);
  return (text) => {
    const first = hash('sha256', Buffer.concat([inner, Buffer.from(text, 'utf8')]), 'buffer');
    return hash('sha256', Buffer.concat([outer, first]), 'base64url');
  };
}
