import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOf } from '#seed/digest';
import { generate } from '#seed/generate/generate';
import { datasetOf, pinned } from './samples.ts';

describe('the digest of a dataset', () => {
  test('is pinned for both tenants: a change here means that loaded data are of another version', () => {
    expect({
      contoso: digestOf(datasetOf(pinned)),
      fabrikam: digestOf(datasetOf({ ...pinned, tenant: 'fabrikam' })),
    }).toMatchInlineSnapshot(`
      {
        "contoso": "0d0fdd49c11d43837986c5db127ebfe8bc1a37acaffd1e2f1536f93eceb61a6f",
        "fabrikam": "8dba92f59637eeda3973d3ea15020339561645c52e55b4cdb67bbc06bdf25983",
      }
    `);
  });

  test('is the same for the same options', () => {
    expect(digestOf(generate(pinned))).toBe(digestOf(datasetOf(pinned)));
  });

  test.each([
    ['date', { asOf: '2026-01-16' }],
    ['seed', { seed: 43 }],
    ['tenant', { tenant: 'northwind' }],
  ])('is another one for another %s', (_option, change) => {
    expect(digestOf(generate({ ...pinned, ...change }))).not.toBe(digestOf(datasetOf(pinned)));
  });
});

describe('canonicalJson', () => {
  test('does not depend on the order in which keys were set', () => {
    expect(canonicalJson({ b: [{ d: null, c: 1 }], a: 'x' })).toBe('{"a":"x","b":[{"c":1,"d":null}]}');
    expect(canonicalJson({ a: 'x', b: [{ c: 1, d: null }] })).toBe('{"a":"x","b":[{"c":1,"d":null}]}');
  });

  test('depends on the order of lists', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});
