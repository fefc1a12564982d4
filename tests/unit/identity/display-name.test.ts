import { describe, expect, it } from 'vitest';
import { displayName } from '#platform/identity/display-name';

describe('what a token calls its holder', () => {
  it.each([
    ['its name', { name: 'Åse Stone', preferred_username: 'ase@example.com' }, 'Åse Stone'],
    ['how they sign in, without a name', { preferred_username: 'ase@example.com' }, 'ase@example.com'],
    [
      'how they sign in, with an empty name',
      { name: ' \u200b', preferred_username: 'ase@example.com' },
      'ase@example.com',
    ],
    ['on one line', { name: ' Ada\n\tStone\u2028Reed ' }, 'Ada Stone Reed'],
    ['without hidden characters', { name: 'Ada\u202e\u0007\u{e0041} Stone\ud800' }, 'Ada Stone'],
    ['with the joiners of scripts', { name: 'می\u200cخواهم' }, 'می\u200cخواهم'],
    ['as written, which shows markup as text', { name: '<b>Ada</b>' }, '<b>Ada</b>'],
  ])('is %s', (_, claims, name) => {
    expect(displayName(claims)).toBe(name);
  });

  it.each([[{}], [{ name: '' }], [{ name: 7, preferred_username: ['ada'] }], [{ name: { of: 'Ada' } }]])(
    'is nothing where there is none: %j',
    (claims) => {
      expect(displayName(claims)).toBeUndefined();
    },
  );

  it('has an end, between two characters', () => {
    expect(displayName({ name: 'x'.repeat(100_000) })).toHaveLength(100);
    expect([...(displayName({ name: '😀'.repeat(500) }) ?? '')]).toEqual(
      Array.from({ length: 100 }, () => '😀'),
    );
  });
});
