import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '#platform/json/canonical';

/** The same value with the fields of every object in the opposite order of their names. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? 1 : -1));
  return Object.fromEntries(fields.map(([name, part]) => [name, reversed(part)]));
}

it('is the same text for the same data, in whatever order their fields were written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(reversed(value))).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it.each([
  [{}, '{}'],
  [{ b: 1, a: [{ d: 1, c: 2 }] }, '{"a":[{"c":2,"d":1}],"b":1}'],
  [{ b: 1, a: undefined }, '{"b":1}'],
  [[3, 1, 2], '[3,1,2]'],
  [undefined, ''],
  [null, 'null'],
])('writes %j as %s', (value, text) => expect(canonicalJson(value)).toBe(text));
