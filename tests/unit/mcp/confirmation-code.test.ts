import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCode, codeMinutes, mintCode } from '#platform/mcp/pipeline/confirmation-code';

const key = 'a secret of at least thirty-two bytes';
const binding = { tenant: 'contoso', user: 'tid:oid', tool: 'unlock_account', digest: 'abc' };
const now = new Date('2026-03-15T12:00:30.000Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('a confirmation code', () => {
  it('is five groups of four letters and digits that people can read', () => {
    expect(mintCode(key, binding, now)).toMatch(/^([A-HJ-NP-Z2-9]{4}-){4}[A-HJ-NP-Z2-9]{4}$/);
  });

  it('differs for each question', () => {
    const codes = Array.from({ length: 50 }, () => mintCode(key, binding, now));
    expect(new Set(codes).size).toBe(50);
  });

  it('is good for five minutes', () => {
    const code = mintCode(key, binding, now);
    expect(checkCode(key, binding, code, now)).toBe(true);
    expect(checkCode(key, binding, code, minutesLater(codeMinutes))).toBe(true);
    expect(checkCode(key, binding, code, minutesLater(codeMinutes + 1))).toBe(false);
    expect(checkCode(key, binding, code, minutesLater(-1))).toBe(false);
  });

  it.each([
    ['another tenant', { tenant: 'fabrikam' }],
    ['another user', { user: 'tid:somebody' }],
    ['another tool', { tool: 'pay_invoice' }],
    ['other arguments', { digest: 'abd' }],
  ])('is no good for %s', (_what, other) => {
    const code = mintCode(key, binding, now);
    expect(checkCode(key, { ...binding, ...other }, code, now)).toBe(false);
  });

  it('is no good under another key', () => {
    expect(checkCode(`${key}!`, binding, mintCode(key, binding, now), now)).toBe(false);
  });

  it('cannot be changed in a single letter', () => {
    const code = mintCode(key, binding, now);
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...letters), (position, letter) => {
        const changed = code.slice(0, position) + letter + code.slice(position + 1);
        return changed === code || !checkCode(key, binding, changed, now);
      }),
    );
  });

  it.each(['', 'AAAA', 'aaaa-aaaa-aaaa-aaaa-aaaa', `${'A'.repeat(1000)}`])('is not %j', (text) => {
    expect(checkCode(key, binding, text, now)).toBe(false);
  });
});
