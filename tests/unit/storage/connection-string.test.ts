import { odata as ofLibrary, TableServiceClient } from '@azure/data-tables';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { tablesOf } from '#platform/storage/connection-string';
import { odata } from '#platform/storage/odata';

/** What the library makes of a text; undefined when it refuses it. */
function byLibrary(text: string): string | undefined {
  try {
    return new URL(TableServiceClient.fromConnectionString(text).url.split('?')[0] ?? '').href;
  } catch {
    return undefined;
  }
}

describe('a connection string leads where the library says', () => {
  const key = 'AccountKey=c2VjcmV0';
  test.each([
    [
      'an account by its name',
      `DefaultEndpointsProtocol=https;AccountName=one;${key};EndpointSuffix=core.windows.net`,
      true,
    ],
    [
      'an account by its address',
      `DefaultEndpointsProtocol=http;AccountName=one;${key};TableEndpoint=http://127.0.0.1:1/one/;`,
      true,
    ],
    [
      'other case and blanks',
      `defaultendpointsprotocol=HTTPS; accountname=one ;${key.toUpperCase()};endpointsuffix=x.y`,
      true,
    ],
    [
      'a signature',
      'TableEndpoint=https://one.table.core.windows.net/;SharedAccessSignature=sv=1&sig=2',
      true,
    ],
    ['the emulator', 'UseDevelopmentStorage=true', true],
    ['another protocol', `DefaultEndpointsProtocol=ftp;AccountName=one;${key};EndpointSuffix=x.y`, false],
    ['no name', `DefaultEndpointsProtocol=https;${key};EndpointSuffix=x.y`, false],
    ['no key', 'DefaultEndpointsProtocol=https;AccountName=one;AccountKey=;EndpointSuffix=x.y', false],
    ['no suffix', `DefaultEndpointsProtocol=https;AccountName=one;${key}`, false],
    ['a signature and no address', 'SharedAccessSignature=sv=1', false],
    ['an address and no signature', 'TableEndpoint=https://one.table.core.windows.net', false],
    ['an address that is none', 'TableEndpoint=nowhere;SharedAccessSignature=sv=1', false],
  ])('%s', (_what, text, isOne) => {
    expect(tablesOf(text)?.href).toBe(byLibrary(text));
    expect(tablesOf(text) !== undefined).toBe(isOne);
  });

  it('whatever it is put together from', () => {
    const name = fc.constantFrom(
      ...[
        'AccountName',
        'accountkey',
        'AccountKey',
        'TableEndpoint',
        'EndpointSuffix',
        'SharedAccessSignature',
      ],
      ...['DefaultEndpointsProtocol', 'defaultendpointsprotocol', 'Other'],
    );
    const value = fc.constantFrom(
      ...[
        '',
        'one',
        'https',
        'http',
        'a=b',
        ' ',
        'x.y',
        'https://h',
        'https://h/',
        'http://h.table.x/',
        'http://1.2.3.4:5/p',
      ],
    );
    const parts = fc.array(fc.tuple(name, fc.constantFrom('=', '', ' = '), value), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (all) => {
        const text = all.map((part) => part.join('')).join(';');
        expect(tablesOf(text)?.href).toBe(byLibrary(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

it('a filter is written as the library writes it', () => {
  const moment = new Date('2026-02-03T04:05:06.789Z');
  expect(odata`Timestamp ge ${moment}`).toBe(ofLibrary`Timestamp ge ${moment}`);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(odata`(A eq ${one} and B lt ${other})`).toBe(ofLibrary`(A eq ${one} and B lt ${other})`);
    }),
  );
});
