import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkEnterprise } from '#platform/settings/enterprise';
import { readTenants } from '#platform/settings/tenants';
import { readTextFile } from '#platform/settings/text-file';
import type { SignInOptions } from '#platform/sign-in/options';
import { projectDir } from '#scripts/lib/project-dir';

const issuer = {
  issuer: 'https://idp.example',
  jwksUri: 'https://idp.example/keys',
  clients: [
    { id: 'https://client.example/metadata.json' },
    { id: 'with-secret', secretSha256: 'a'.repeat(64) },
    { id: 'with-key', jwksUri: 'https://client.example/keys' },
  ],
  roles: { claim: 'groups', values: { 'mcp-readers': ['query'] } },
};
const remoteWay: SignInOptions = { way: 'remote' };

interface Changes {
  readonly development?: boolean;
  readonly signIn?: SignInOptions;
}

/** Reads and checks two tenants with these identity providers. */
function read(first: unknown[], second: unknown[] = [], { development = false, signIn }: Changes = {}) {
  const tenants = readTenants({
    TENANTS: JSON.stringify([
      {
        slug: 'aa',
        displayName: 'A',
        tenantIds: ['c0000000-0000-4000-8000-000000000001'],
        enterprise: first,
      },
      {
        slug: 'bb',
        displayName: 'B',
        tenantIds: ['d0000000-0000-4000-8000-000000000002'],
        enterprise: second,
      },
    ]),
  });
  checkEnterprise(tenants, { where: { development, azure: false }, roles: ['query', 'billing'], signIn });
  return tenants;
}

it('the example of the guide is one', () => {
  const guide = readTextFile(path.join(projectDir, 'docs/enterprise-sign-in.md'));
  const [, example = ''] = /```json\n(.*?)```/s.exec(guide) ?? [];
  const tenant = example.replace('<64 hexadecimal digits>', 'a'.repeat(64));
  const [{ enterprise = [] } = {}] = readTenants({ TENANTS: `[${tenant}]` });
  expect(enterprise[0]?.clients).toHaveLength(3);
});

describe('identity providers of a tenant', () => {
  it('are read as they stand', () => {
    expect(read([issuer])[0]?.enterprise).toEqual([issuer]);
  });

  it('may be on this machine in Development', () => {
    const local = { ...issuer, issuer: 'http://127.0.0.1:7080/x', jwksUri: 'http://127.0.0.1:7080/keys' };
    expect(() => read([local], [], { development: true })).not.toThrow();
    expect(() => read([local])).toThrow(/"http:\/\/127\.0\.0\.1:7080\/x" must begin with https/);
  });

  it('may be one, when it tells its organisations apart', () => {
    const of = (organization: string) => ({ ...issuer, organization });
    expect(() => read([of('a')], [of('b')])).not.toThrow();
    expect(() => read([of('a')], [of('a')])).toThrow(/named twice/);
    expect(() => read([of('a')], [issuer])).toThrow(/named twice/);
    expect(() => read([issuer, issuer])).toThrow(/named twice/);
  });

  it.each<[string, object, RegExp]>([
    ['no address', { issuer: 'idp.example' }, /enterprise\.0\.issuer/],
    ['keys without TLS', { jwksUri: 'http://idp.example/keys' }, /must begin with https/],
    ['no clients', { clients: [] }, /enterprise\.0\.clients/],
    ['a secret instead of its digest', { clients: [{ id: 'a', secretSha256: 's3cret' }] }, /SHA-256/],
    [
      'two proofs of one client',
      { clients: [{ id: 'a', secretSha256: 'a'.repeat(64), jwksUri: 'https://a.example' }] },
      /not both/,
    ],
    ['keys of a client without TLS', { clients: [{ id: 'a', jwksUri: 'http://a.example' }] }, /https/],
    ['one client twice', { clients: [{ id: 'a' }, { id: 'a' }] }, /"a" is listed twice/],
    ['a role that is none', { roles: { claim: 'groups', values: { x: ['admin'] } } }, /no role "admin"/],
    ['a word that is not known', { audience: 'x' }, /enterprise\.0/],
  ])('with %s stop the start', (_what, changes, sentence) => {
    expect(() => read([{ ...issuer, ...changes }])).toThrow(sentence);
  });

  it('need an authorization server of ours', () => {
    expect(() => read([issuer], [], { signIn: remoteWay })).toThrow(/SIGN_IN=remote .* set SIGN_IN to proxy/);
    expect(() => read([], [], { signIn: remoteWay })).not.toThrow();
  });
});
