import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOf } from '../../../seed/digest.ts';
import { generate } from '../../../seed/generate/generate.ts';
import { datasetOf, pinned } from './samples.ts';

describe('the digest of a dataset', () => {
  test('is pinned for both tenants: a change here means that loaded data are of another version', () => {
    expect({
      contoso: digestOf(datasetOf(pinned)),
      fabrikam: digestOf(datasetOf({ ...pinned, tenant: 'fabrikam' })),
    }).toMatchInlineSnapshot(`
      {
        "contoso": "949cc2ff1c87e8985939b751724ea559aaf0190d2a454ca3f7d5ec4c033f6545",
        "fabrikam": "4c210718d6b769ce750178e4df306c06a1f2c64663cffb78948f267fbbd94356",
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
