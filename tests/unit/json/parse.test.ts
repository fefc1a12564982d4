import { describe, expect, it } from 'vitest';
import { deepest, mostParts, parsedOrUndefined, parseJson, TooComplex } from '#platform/json/parse';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('JSON that others wrote', () => {
  it.each(['1', '"text"', 'null', '{"a":[1,{"b":null}]}'])('%s is read as it is', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('may be 64 levels deep, and no more', () => {
    for (const text of [nested(deepest), nestedObjects(deepest)]) {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }
    for (const text of [
      nested(deepest + 1),
      nestedObjects(deepest + 1),
      nested(3_000),
      nestedObjects(100_000),
    ]) {
      expect(() => parseJson(text)).toThrow(TooComplex);
    }
  });

  it('may have ten thousand values, and no more', () => {
    const list = (length: number) => JSON.stringify(Array.from({ length }, () => 0));
    const members = (length: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, 0])));
    for (const many of [list, members]) {
      expect(() => parseJson(many(mostParts))).not.toThrow();
      expect(() => parseJson(many(mostParts + 1))).toThrow(TooComplex);
    }
    expect(() => parseJson(list(200_000))).toThrow(TooComplex);
  });

  it('keeps a member named __proto__ visible, and changes no prototype', () => {
    const value = parseJson('{"a":{"__proto__":{"x":1}}}') as { a: Record<string, unknown> };
    expect(Object.keys(value.a)).toEqual(['(__proto__)']);
    expect(value.a.x).toBeUndefined();
    expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
  });

  it('is refused when it is not JSON', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError);
  });

  it.each([
    ['what is no JSON', '{"a":'],
    ['what is too deep', `${'['.repeat(deepest + 1)}${']'.repeat(deepest + 1)}`],
  ])('is undefined where %s is as good as nothing', (_what, text) => {
    expect(parsedOrUndefined(text)).toBeUndefined();
    expect(parsedOrUndefined('{"a":[1]}')).toEqual({ a: [1] });
  });
});
