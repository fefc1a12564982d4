import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a confirmation code is bound to. It confirms exactly this, for this user, and nothing else. */
export interface CodeBinding {
  readonly tenant: string;
  readonly user: string;
  readonly tool: string;
  readonly digest: string;
}

/** Minutes that a code is valid. */
export const codeMinutes = 5;

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codePattern = /^[A-HJ-NP-Z2-9]{13}-[A-HJ-NP-Z2-9]{13}-[A-HJ-NP-Z2-9]{12}$/;

/** 25 letters hold the random bits of an id, and make two codes for the same call differ; five tell the minute it ends; eight are the proof. */
const lengths = { origin: 25, minute: 5, proof: 8 } as const;

/** An id as `randomUUID` makes them (RFC 9562, version 4): everything but version and variant is random. */
const uuid = /^([0-9a-f]{8})-([0-9a-f]{4})-4([0-9a-f]{3})-([89ab])([0-9a-f]{3})-([0-9a-f]{12})$/;
/** From where minutes are counted: five letters last until 2083. */
const firstMinute = Date.UTC(2020, 0, 1) / 60_000;

/**
 * A code that a model can pass on, of 40 characters, checked without any stored state.
 * @param origin the id under which the trail has the call that asks: whoever brings the code is joined to it
 * @throws RangeError when that is no UUID of version 4
 */
export function mintCode(key: string, binding: CodeBinding, origin: string, now: Date): string {
  const head =
    lettersOf(randomBitsOf(origin), lengths.origin) +
    lettersOf(BigInt(minuteOf(now) + codeMinutes), lengths.minute);
  return (head + proofOf(key, binding, head)).replace(/^(.{13})(.{13})/, '$1-$2-');
}

/**
 * The id of the call that asked, when the code was minted for exactly this and has not expired; it may still have been used.
 * Undefined when it is no code for this.
 */
export function originOfCode(key: string, binding: CodeBinding, code: string, now: Date): string | undefined {
  if (!codePattern.test(code)) {
    return undefined;
  }
  const letters = code.replaceAll('-', '');
  const head = letters.slice(0, lengths.origin + lengths.minute);
  const expected = Buffer.from(proofOf(key, binding, head));
  const given = Buffer.from(letters.slice(head.length));
  if (!timingSafeEqual(expected, given)) {
    return undefined;
  }
  const left = Number(numberOf(head.slice(lengths.origin))) - minuteOf(now);
  return left >= 0 && left <= codeMinutes ? idOf(numberOf(head.slice(0, lengths.origin))) : undefined;
}

/** The 122 bits of an id that are random. */
function randomBitsOf(id: string): bigint {
  const parts = uuid.exec(id)?.slice(1);
  if (parts === undefined) {
    throw new RangeError('The id of a call must be a UUID of version 4.');
  }
  const [first = '', second = '', third = '', variant = '', fourth = '', last = ''] = parts;
  const bits = BigInt(`0x${first}${second}${third}`);
  return (((bits << 2n) | BigInt(Number.parseInt(variant, 16) & 3)) << 60n) | BigInt(`0x${fourth}${last}`);
}

function idOf(bits: bigint): string {
  const first = (bits >> 62n).toString(16).padStart(15, '0');
  const variant = (8n | ((bits >> 60n) & 3n)).toString(16);
  const last = (bits & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  return `${first.slice(0, 8)}-${first.slice(8, 12)}-4${first.slice(12)}-${variant}${last.slice(0, 3)}-${last.slice(3)}`;
}

function proofOf(key: string, { tenant, user, tool, digest }: CodeBinding, head: string): string {
  const mac = createHmac('sha256', key)
    .update(['code', tenant, user, tool, digest, head].join('\0'))
    .digest();
  return Array.from(mac.subarray(0, lengths.proof), letter).join('');
}

const letter = (byte: number): string => alphabet.charAt(byte % alphabet.length);
const minuteOf = (now: Date): number => Math.floor(now.getTime() / 60_000) - firstMinute;

/** Each letter stands for five bits. */
function lettersOf(number: bigint, count: number): string {
  let letters = '';
  for (let rest = number; letters.length < count; rest >>= 5n) {
    letters = letter(Number(rest & 31n)) + letters;
  }
  return letters;
}

function numberOf(letters: string): bigint {
  return [...letters].reduce((number, one) => (number << 5n) | BigInt(alphabet.indexOf(one)), 0n);
}
