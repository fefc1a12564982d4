import { describe, expect, it } from 'vitest';
import { directory } from '#emulators/identity/directory';
import { staleFiles } from '#gateway/generate/stale';
import { withTexts } from '#gateway/language/bundle';
import { checkRegistry, policiesFolder } from '#gateway/registry';
import { brokenPolicies } from './broken-policies.ts';
import { changed, complaints, registry, whole, withTenants } from './deployments.ts';

it('finds nothing wrong with the policies, and nothing stale', () => {
  expect(complaints(whole)).toEqual([]);
  expect([...staleFiles(policiesFolder).keys()]).toEqual([]);
});

it.each(brokenPolicies)('finds %s', (_, deployment, wanted) => {
  expect(complaints(deployment).join('\n')).toContain(wanted);
});

it('finds tenants that share a directory, a route or a slug, or have no plan or issuer', () => {
  const [contoso, fabrikam] = registry.tenants;
  if (contoso === undefined || fabrikam === undefined) {
    throw new Error('There are two tenants.');
  }
  const twice = complaints(withTenants(() => [contoso, { ...contoso, plan: 'gold' }, fabrikam]));
  expect(twice).toContain(`tenants.json:1: the directory id ${contoso.tenantIds[0]} appears twice`);
  expect(twice).toContain('tenants.json:1: the route contoso-mcp appears twice');
  expect(twice).toContain('tenants.json:1: the slug contoso appears twice');
  expect(twice).toContain('tenants.json:1: contoso is on the plan "gold", which does not exist');
  const moved = complaints(
    withTenants(() => [{ ...contoso, tenantIds: ['e0000000-0000-4000-8000-00000000000e'] }, fabrikam]),
  );
  expect(moved.join('\n')).toContain('contoso has no issuer');
  expect(moved.join('\n')).toContain('contoso has no tid');
  expect(moved.join('\n')).toContain('is not of this tenant');
});

it('finds tenants that share a backend and sign in in different ways', () => {
  const [contoso, fabrikam] = registry.tenants.map((tenant) => ({ ...tenant, backend: 'pooled' }));
  if (contoso === undefined || fabrikam === undefined) {
    throw new Error('There are two tenants.');
  }
  const wanted = 'contoso shares the backend pooled with a tenant that signs in another way';
  const ways = (first: 'remote' | 'proxy', second: 'remote' | 'proxy') =>
    complaints(
      withTenants(() => [
        { ...contoso, signIn: first },
        { ...fabrikam, signIn: second },
      ]),
    ).join('\n');
  expect(ways('remote', 'proxy')).toContain(wanted);
  expect(ways('proxy', 'proxy')).not.toContain(wanted);
});

describe('sizes', () => {
  const padded = (file: string, bytes: number) => changed(file, /^/, `<!--${'x'.repeat(bytes)}-->`);

  it.each([
    ['a fragment of more than 32 KiB', 'fragments/backend.xml', 32_768, 'a fragment has at most 32 KiB'],
    ['a document of more than 256 KiB', 'api-contoso.xml', 262_144, 'a policy document has at most 256 KiB'],
  ])('%s', (_, file, bytes, wanted) => {
    expect(complaints(padded(file, bytes)).join('\n')).toContain(`${file}:1: `);
    expect(complaints(padded(file, bytes)).join('\n')).toContain(wanted);
    expect(complaints(padded(file, Math.floor(bytes / 2)))).toEqual([]);
  });

  it('counts what the fragments add to a document', () => {
    const almost = padded('api-contoso.xml', 262_144 - 9_000);
    expect(complaints(almost).join('\n')).toContain('with its fragments');
  });

  it('counts bytes, not characters', () => {
    const text = changed('fragments/backend.xml', /^/, `<!--${'é'.repeat(16_400)}-->`);
    expect(complaints(text).join('\n')).toContain('a fragment has at most 32 KiB');
  });

  it('knows what the Consumption tier has less of', () => {
    const consumption = { ...whole, tier: 'consumption' } as const;
    expect(complaints(consumption).join('\n')).toContain('the Consumption tier has no <rate-limit-by-key>');
    const large = { ...padded('global.xml', 16_384), tier: 'consumption' } as const;
    expect(complaints(large).join('\n')).toContain('a policy document has at most 16 KiB');
  });
});

it('finds an endpoint without metadata, and a file that nothing uses', () => {
  const { description } = whole.bundle;
  const apis = description.apis.filter(({ id }) => id !== 'oauth-metadata');
  const bundle = { ...whole.bundle, description: { ...description, apis } };
  expect(complaints({ ...whole, bundle })).toContain(
    'apis.json:1: there is no operation GET /.well-known/oauth-protected-resource/contoso-mcp/mcp',
  );
  const unused = withTexts(whole.bundle, [['fragments/old.xml', '<fragment />']]);
  expect(complaints({ ...whole, bundle: unused })).toContain('fragments/old.xml:1: nothing uses this file');
});

it('refuses a registry that is not right', () => {
  expect(() => checkRegistry({ plans: {}, tenants: [] })).toThrow('tenants');
  const tenants = registry.tenants.map((tenant) => ({ ...tenant, route: '../x' }));
  expect(() => checkRegistry({ ...registry, tenants })).toThrow('tenants.0.route');
});

it.each(registry.tenants)('$slug has people who can sign in on this machine', ({ slug, tenantIds }) => {
  const found = directory.find((tenant) => tenant.slug === slug);
  expect(found).toMatchObject({ tid: tenantIds[0] });
  expect(found?.users.length).toBeGreaterThan(0);
});
