import { describe, expect, it } from 'vitest';
import { readGatewaySource } from '#gateway/deploy/source';
import { goodValues, resourcesOf } from './gateway-source.ts';

describe('the resources of the gateway', () => {
  it('are each there once, and come after what they refer to', () => {
    const paths = resourcesOf(goodValues()).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const kinds = ['namedValues/', 'backends/', 'policyFragments/', 'policies/policy', 'apis/'];
    const order = paths.map((path) => kinds.findIndex((kind) => path.startsWith(kind)));
    expect(order).toEqual([...order].sort());
    for (const path of paths.filter((one) => one.startsWith('apis/'))) {
      const api = path.split('/').slice(0, 2).join('/');
      expect(paths.indexOf(api)).toBeLessThanOrEqual(paths.indexOf(path));
    }
  });

  it('hold every policy file', () => {
    const { texts } = readGatewaySource(JSON.stringify(goodValues()));
    const written = resourcesOf(goodValues()).map(({ properties }) => properties.value);
    for (const [file, value] of texts) {
      expect(written, file).toContain(value);
    }
  });

  it('read secrets from the key vault', () => {
    const key = resourcesOf(goodValues()).find(({ path }) => path === 'namedValues/backend-key');
    expect(key?.properties).toEqual({
      displayName: 'backend-key',
      secret: true,
      keyVault: { secretIdentifier: 'https://vault.example/secrets/gateway-key' },
    });
  });

  it('know where each backend is from its address, which is given once', () => {
    const values = goodValues();
    values.backends.contoso = 'https://contoso.example/';
    const url = resourcesOf(values).find(({ path }) => path === 'namedValues/backend-url-contoso');
    expect(url?.properties).toEqual({
      displayName: 'backend-url-contoso',
      secret: false,
      value: 'https://contoso.example',
    });
  });

  const wrong: [string, (values: ReturnType<typeof goodValues>) => void, string][] = [
    ['a missing value', (all) => delete all.namedValues.authority, 'the named value authority is missing'],
    [
      'an unknown backend',
      (all) => (all.backends.stranger = 'https://x.example'),
      'stranger is used nowhere',
    ],
    [
      'the address of a backend twice',
      (all) => (all.namedValues['backend-url-contoso'] = 'https://x.example'),
      'the named value backend-url-contoso is used nowhere',
    ],
    ['a secret in the open', (all) => (all.namedValues['backend-key'] = 'abc'), 'backend-key is a secret'],
    ['a backend without TLS', (all) => (all.backends.contoso = 'http://x.example'), 'backends.contoso'],
  ];
  it.each(wrong)('are not made from %s', (_, spoil, message) => {
    const values = goodValues();
    spoil(values);
    expect(() => resourcesOf(values)).toThrow(message);
  });
});
