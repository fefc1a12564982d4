import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '../../json/canonical.ts';

/** Makes keyed digests of a call's arguments: equal arguments of one tenant give equal digests, and values cannot be guessed from them. */
export type ArgumentDigest = (tenant: string, tool: string, input: unknown) => string;

export function argumentDigest(key: string): ArgumentDigest {
  const mac = hmacSha256(key);
  return (tenant, tool, input) => mac([tenant, tool, canonicalJson(input)].join('\0')).slice(0, 22);
}

/** Bytes that SHA-256 takes at a time, and gives. */
const block = 64;
const size = 32;
/** Bytes of the longest text that needs no memory of its own. */
const short = 4_096;
const innerPad = 0x36;
const outerPad = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104 section 2), in base64url: two hashes in one go each, over memory that is used again, because the
 * objects that Node makes for an HMAC and for bytes cost several times as much, most of it when they are collected.
 */
function hmacSha256(key: string): (text: string) => string {
  const given = Buffer.from(key, 'utf8');
  const bytes = given.byteLength > block ? createHash('sha256').update(given).digest() : given;
  const padded = (pad: number, room: number) => {
    const begin = Buffer.alloc(block).map((_, at) => (bytes[at] ?? 0) ^ pad);
    return Buffer.concat([begin, Buffer.alloc(room)]);
  };
  const inner = padded(innerPad, short);
  const outer = padded(outerPad, size);
  return (text) => {
    const length = Buffer.byteLength(text);
    const whole = length > short ? Buffer.concat([inner.subarray(0, block), Buffer.alloc(length)]) : inner;
    whole.write(text, block);
    outer.write(hash('sha256', whole.subarray(0, block + length), 'binary'), block, 'binary');
    return hash('sha256', outer, 'base64url');
  };
}
