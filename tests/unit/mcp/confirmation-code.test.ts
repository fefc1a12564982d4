import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeMinutes, mintCode, originOfCode } from '#platform/mcp/pipeline/confirmation-code';

const key = 'a secret of at least thirty-two bytes';
const binding = { tenant: 'contoso', user: 'tid:oid', tool: 'unlock_account', digest: 'abc' };
const origin = '0f1e2d3c-4b5a-4978-8f9e-0d1c2b3a4958';
const now = new Date('2026-03-15T12:00:30.000Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('a confirmation code', () => {
  it('is forty characters that nobody takes for others', () => {
    const code = mintCode(key, binding, origin, now);
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{13}-[A-HJ-NP-Z2-9]{13}-[A-HJ-NP-Z2-9]{12}$/);
    expect(code).toHaveLength(40);
  });

  it('gives back the id of the call that asked, and differs for each', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), fc.integer({ min: 0, max: codeMinutes }), (id, minutes) => {
        const code = mintCode(key, binding, id, now);
        return originOfCode(key, binding, code, minutesLater(minutes)) === id;
      }),
    );
  });

  it('is minted for nothing but an id that the service made', () => {
    expect(() => mintCode(key, binding, 'my-own-id', now)).toThrow(RangeError);
  });

  it('is good for five minutes', () => {
    const code = mintCode(key, binding, origin, now);
    expect(originOfCode(key, binding, code, now)).toBe(origin);
    expect(originOfCode(key, binding, code, minutesLater(codeMinutes))).toBe(origin);
    expect(originOfCode(key, binding, code, minutesLater(codeMinutes + 1))).toBeUndefined();
    expect(originOfCode(key, binding, code, minutesLater(-1))).toBeUndefined();
  });

  it.each([
    ['another tenant', { tenant: 'fabrikam' }],
    ['another user', { user: 'tid:somebody' }],
    ['another tool', { tool: 'pay_invoice' }],
    ['other arguments', { digest: 'abd' }],
  ])('is no good for %s', (_what, other) => {
    const code = mintCode(key, binding, origin, now);
    expect(originOfCode(key, { ...binding, ...other }, code, now)).toBeUndefined();
  });

  it('is no good under another key', () => {
    expect(originOfCode(`${key}!`, binding, mintCode(key, binding, origin, now), now)).toBeUndefined();
  });

  it('cannot be changed in a single letter', () => {
    const code = mintCode(key, binding, origin, now);
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...letters), (position, letter) => {
        const changed = code.slice(0, position) + letter + code.slice(position + 1);
        return changed === code || originOfCode(key, binding, changed, now) === undefined;
      }),
    );
  });

  it.each(['', 'AAAA', 'aaaaaaaaaaaaa-aaaaaaaaaaaaa-aaaaaaaaaaaa', `${'A'.repeat(1000)}`])(
    'is not %j',
    (text) => {
      expect(originOfCode(key, binding, text, now)).toBeUndefined();
    },
  );
});
