import { describe, expect, it } from 'vitest';
import { describeApis } from '#gateway/generate/apis';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import type { RegisteredTenant, Registry } from '#gateway/registry';
import { problemsWith, registry, wingtip } from './one-more-tenant.ts';

describe('where clients sign in', () => {
  const signingIn = (signIn: RegisteredTenant['signIn']): Registry => ({
    ...registry,
    tenants: registry.tenants.map(({ signIn: _, ...tenant }) => ({ ...tenant, ...(signIn && { signIn }) })),
  });
  const serversOf = (changed: Registry) => {
    const text = generatedFiles(changed).get('operations/metadata-contoso-mcp.xml') ?? '';
    return /"authorization_servers":(\[[^\]]*\])/.exec(text)?.[1];
  };
  const directory = '{{authority}}/c0000000-0000-4000-8000-000000000001/v2.0';

  it('is the directory when the registry does not say, and nothing of the sign-in is there', () => {
    for (const way of [undefined, 'remote'] as const) {
      const changed = signingIn(way);
      expect(problemsWith(changed)).toEqual([]);
      expect(serversOf(changed)).toBe(JSON.stringify([directory]));
      expect([...generatedFiles(changed).keys()].filter((file) => /sign-in|server-/.test(file))).toEqual([]);
      expect(Object.keys(describeNamedValues(changed)).join()).not.toContain('sign-in');
    }
  });

  it('is the backend behind the tenant’s own address, one tenant like the other or only one of them', () => {
    const all = signingIn('proxy');
    expect(problemsWith(all)).toEqual([]);
    expect(serversOf(all)).toBe('["{{public-base-url}}/contoso-mcp"]');
    const [first, ...others] = signingIn('remote').tenants;
    const one = { ...registry, tenants: [...others, { ...wingtip, ...first, signIn: 'proxy' as const }] };
    expect(problemsWith(one)).toEqual([]);
    expect(describeApis(one).apis.map(({ path }) => path)).toEqual([
      ...one.tenants.map(({ route }) => route),
      'contoso-mcp/oauth',
      '.well-known/oauth-authorization-server',
      '.well-known/openid-configuration',
      'contoso-mcp/console',
      '',
      '.well-known/oauth-protected-resource',
    ]);
  });
});

describe('a tenant whose identity provider vouches for its people', () => {
  const enterprise: RegisteredTenant['enterprise'] = [
    {
      issuer: 'https://idp.example',
      jwksUri: 'https://idp.example/keys',
      clients: [{ id: 'https://client.example/metadata.json' }],
      roles: { claim: 'groups', values: { readers: ['query'] } },
    },
  ];
  const proxied: RegisteredTenant = { ...wingtip, signIn: 'proxy', enterprise };
  const withTenant = (tenant: RegisteredTenant) => ({ ...registry, tenants: [...registry.tenants, tenant] });

  it('has the tokens of its own backend let through, for its own addresses', () => {
    expect(problemsWith(withTenant(proxied))).toEqual([]);
    const policy = generatedFiles(withTenant(proxied)).get('api-wingtip.xml') ?? '';
    const base = '{{public-base-url}}/wingtip-mcp';
    expect(policy).toContain(`<openid-config url="${base}/.well-known/openid-configuration" />`);
    expect(policy).toContain(`<issuer>${base}</issuer>`);
    expect(policy).toContain(`<audience>${base}/mcp</audience>`);
    expect(policy).toContain(`<audience>${base}/agentic/mcp</audience>`);
  });

  it('needs a server that takes what it says', () => {
    const { signIn: _way, ...remote } = proxied;
    expect(JSON.stringify(problemsWith(withTenant(remote)))).toContain('set signIn to proxy');
  });

  it('changes nothing for the others', () => {
    expect(generatedFiles(withTenant(wingtip)).get('api-wingtip.xml')).not.toContain(
      '/wingtip-mcp/.well-known/',
    );
  });
});

describe('a tenant whose backend has the accounts itself', () => {
  const own: RegisteredTenant = { ...wingtip, signIn: 'own' };
  const withTenant = { ...registry, tenants: [...registry.tenants, own] };

  it('has the tokens of its backend let through, and those of no directory', () => {
    expect(problemsWith(withTenant)).toEqual([]);
    const policy = generatedFiles(withTenant).get('api-wingtip.xml') ?? '';
    expect(policy).toContain('<issuer>{{public-base-url}}/wingtip-mcp</issuer>');
    expect(policy).not.toContain('{{authority}}');
    expect(policy).not.toContain('{{api-audience}}');
  });

  it('has the pages of passkeys, which the others have not', () => {
    const paths = describeApis(withTenant).apis.flatMap(({ path, operations }) =>
      operations.map(({ method, urlTemplate }) => `${method} /${path}${urlTemplate}`),
    );
    const pages = paths.filter((path) => /\/(passkey|invite|join)$/.test(path));
    expect(pages).toEqual([
      'GET /wingtip-mcp/oauth/passkey',
      'GET /wingtip-mcp/oauth/invite',
      'POST /wingtip-mcp/oauth/join',
    ]);
  });
});
