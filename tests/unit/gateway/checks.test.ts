import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { directory } from '#emulators/identity/directory';
import type { Deployment } from '#gateway/checks/check';
import { problemsOf } from '#gateway/checks/index';
import { describeNamedValues } from '#gateway/generate/named-values';
import { staleFiles } from '#gateway/generate/stale';
import { readBundle } from '#gateway/language/bundle';
import { parseXml } from '#gateway/language/xml';
import { checkRegistry, policiesFolder, type Registry, readRegistry } from '#gateway/registry';

const registry = readRegistry();
const whole: Deployment = {
  bundle: readBundle(policiesFolder),
  registry,
  namedValues: describeNamedValues(registry),
};

function complaints(deployment: Deployment): string[] {
  return problemsOf(deployment).map(
    ({ position, description }) => `${position.file}:${position.line}: ${description}`,
  );
}

/** The policies with one text of one file replaced. */
function changed(file: string, from: string, to: string): Deployment {
  const source = readFileSync(`${policiesFolder}${file}`, 'utf8');
  expect(source).toContain(from);
  const documents = new Map(whole.bundle.documents).set(file, parseXml(file, source.replace(from, to)));
  return { ...whole, bundle: { ...whole.bundle, documents } };
}

function withTenants(change: (tenants: Registry['tenants']) => Registry['tenants']): Deployment {
  return { ...whole, registry: { ...registry, tenants: change(registry.tenants) } };
}

it('finds nothing wrong with the policies, and nothing stale', () => {
  expect(complaints(whole)).toEqual([]);
  expect([...staleFiles(policiesFolder).keys()]).toEqual([]);
});

const forward = '<forward-request timeout="230" buffer-response="false" />';
const strip = '<include-fragment fragment-id="strip-headers" />';

it.each([
  [
    'an element that is not known',
    changed('global.xml', strip, `${strip}<quota />`),
    '<quota> is not a supported policy',
  ],
  ['another timeout', changed('global.xml', 'timeout="230"', 'timeout="60"'), 'needs timeout="230"'],
  ['buffering', changed('global.xml', ' buffer-response="false"', ''), 'needs buffer-response="false"'],
  [
    'a body that is read',
    changed('global.xml', '<value>no</value>', '<value>@(context.Response.Body.As())</value>'),
    'reads a body',
  ],
  [
    'validated content',
    changed('global.xml', forward, `${forward}<validate-content />`),
    '<validate-content> holds streams back',
  ],
  [
    'something before the removal',
    changed('global.xml', strip, `<set-variable name="a" value="b" />${strip}`),
    '<set-variable> stands before the removal',
  ],
  [
    'something before validation',
    changed('global.xml', strip, `${strip}<set-backend-service backend-id="contoso" />`),
    '<set-backend-service> stands before validate-jwt',
  ],
  [
    'no removal of a trusted header',
    changed('fragments/strip-headers.xml', '<set-header name="X-Gateway-Key" exists-action="delete" />', ''),
    'does not delete X-Gateway-Key',
  ],
  [
    'no validation',
    changed('api-contoso.xml', '<include-fragment fragment-id="validate-token" />', ''),
    'forwards without validate-jwt',
  ],
  [
    'a named value that is not described',
    changed('fragments/backend.xml', '{{backend-key}}', '{{other}}'),
    'fragments/backend.xml:8: the named value {{other}} is not described',
  ],
  [
    'a named value that is not used',
    changed('fragments/backend.xml', '{{backend-key}}', 'x'),
    'no policy uses the named value {{backend-key}}',
  ],
])('finds %s', (_, deployment, wanted) => {
  expect(complaints(deployment).join('\n')).toContain(wanted);
});

it('finds tenants that share a directory, a route or a slug, or have no plan or issuer', () => {
  const [contoso, fabrikam] = registry.tenants;
  if (contoso === undefined || fabrikam === undefined) throw new Error('There are two tenants.');
  const twice = complaints(withTenants(() => [contoso, { ...contoso, plan: 'gold' }, fabrikam]));
  expect(twice).toContain(`tenants.json:1: the directory id ${contoso.tenantIds[0]} appears twice`);
  expect(twice).toContain('tenants.json:1: the route contoso-mcp appears twice');
  expect(twice).toContain('tenants.json:1: the slug contoso appears twice');
  expect(twice).toContain('tenants.json:1: contoso is on the plan "gold", which does not exist');
  const moved = complaints(
    withTenants(() => [{ ...contoso, tenantIds: ['e0000000-0000-4000-8000-00000000000e'] }, fabrikam]),
  );
  expect(moved.join('\n')).toContain('contoso has no issuer');
  expect(moved.join('\n')).toContain('is of no tenant');
});

it('finds an endpoint without metadata, and a file that nothing uses', () => {
  const { description } = whole.bundle;
  const apis = description.apis.filter(({ id }) => id !== 'oauth-metadata');
  const bundle = { ...whole.bundle, description: { ...description, apis } };
  expect(complaints({ ...whole, bundle })).toContain(
    'apis.json:1: there is no operation GET /.well-known/oauth-protected-resource/contoso-mcp/mcp',
  );
  const documents = new Map(whole.bundle.documents).set(
    'fragments/old.xml',
    parseXml('fragments/old.xml', '<fragment />'),
  );
  expect(complaints({ ...whole, bundle: { ...whole.bundle, documents } })).toContain(
    'fragments/old.xml:1: nothing uses this file',
  );
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
