import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

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
const codePattern = /^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){4}$/;

/** Five random letters make two codes for the same call differ; seven tell the minute it ends; eight are the proof. */
const lengths = { salt: 5, minute: 7, proof: 8 } as const;

/** A code such as `K7QF-2M9D-AAAA-B3X9-TT4K`: short enough to pass on, checked without any stored state. */
export function mintCode(key: string, binding: CodeBinding, now: Date): string {
  const head = randomLetters(lengths.salt) + lettersOf(minuteOf(now) + codeMinutes, lengths.minute);
  return (head + proofOf(key, binding, head)).replace(/(.{4})(?=.)/g, '$1-');
}

/** Whether the code was minted for exactly this and has not expired. It may still have been used. */
export function checkCode(key: string, binding: CodeBinding, code: string, now: Date): boolean {
  if (!codePattern.test(code)) {
    return false;
  }
  const letters = code.replaceAll('-', '');
  const head = letters.slice(0, lengths.salt + lengths.minute);
  const expected = Buffer.from(proofOf(key, binding, head));
  const given = Buffer.from(letters.slice(head.length));
  if (!timingSafeEqual(expected, given)) {
    return false;
  }
  const left = numberOf(head.slice(lengths.salt)) - minuteOf(now);
  return left >= 0 && left <= codeMinutes;
}

function proofOf(key: string, { tenant, user, tool, digest }: CodeBinding, head: string): string {
  const mac = createHmac('sha256', key)
    .update(['code', tenant, user, tool, digest, head].join('\0'))
    .digest();
  return Array.from(mac.subarray(0, lengths.proof), letter).join('');
}

function randomLetters(count: number): string {
  return Array.from(randomBytes(count), letter).join('');
}

const letter = (byte: number): string => alphabet.charAt(byte % alphabet.length);
const minuteOf = (now: Date): number => Math.floor(now.getTime() / 60_000);

function lettersOf(number: number, count: number): string {
  let letters = '';
  for (let rest = number; letters.length < count; rest = Math.floor(rest / alphabet.length)) {
    letters = letter(rest % alphabet.length) + letters;
  }
  return letters;
}

function numberOf(letters: string): number {
  return [...letters].reduce((number, one) => number * alphabet.length + alphabet.indexOf(one), 0);
}
