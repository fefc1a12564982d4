import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInput } from '#platform/errors';
import { decodeCursor, encodeCursor } from '#platform/storage/cursor';

test('a cursor leads back to its place', () => {
  expect(decodeCursor(encodeCursor(250, 'doe'), 'doe')).toBe(250);
});

test('a cursor of one search does not fit another', () => {
  expect(() => decodeCursor(encodeCursor(250, 'doe'), 'smith')).toThrow('belongs to another search');
});

const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

test.each([
  ['nothing', ''],
  ['a filter', "1' or '1'='1"],
  ['an encoded quote', '%27'],
  ['unicode', '😀'],
  ['another version', forged({ v: 2, after: 1, search: '47DEQpj8' })],
  ['an id that is none', forged({ v: 1, after: -1, search: '47DEQpj8' })],
  ['a text for an id', forged({ v: 1, after: "1' or '1'='1", search: '47DEQpj8' })],
  ['more than a cursor holds', forged({ v: 1, after: 1, search: '47DEQpj8', tenant: 'fabrikam' })],
  ['a huge text', 'e'.repeat(1_000_000)],
])('%s is not a cursor', (_what, cursor) => {
  expect(() => decodeCursor(cursor, '')).toThrow(InvalidInput);
});

test('whatever a caller sends as a cursor is a place in the list or a clear refusal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (cursor) => {
      expect(() => decodeCursor(cursor, '')).toThrow(InvalidInput);
    }),
  );
});
