import { expect, it } from 'vitest';
import { problemsOf } from '#gateway/checks/index';
import { describeApis } from '#gateway/generate/apis';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readBundle } from '#gateway/language/bundle';
import { parseXml } from '#gateway/language/xml';
import { policiesFolder, type RegisteredTenant, type Registry, readRegistry } from '#gateway/registry';

const registry = readRegistry();

const wingtip: RegisteredTenant = {
  slug: 'wingtip',
  displayName: 'Wingtip <Toys> & Sons',
  route: 'wingtip-mcp',
  tenantIds: ['b0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000005'],
  backend: 'wingtip',
  plan: 'standard',
};

/** What is wrong with the policies that a registry gives. */
function problemsWith(changed: Registry): readonly unknown[] {
  const documents = new Map(readBundle(policiesFolder).documents);
  for (const [file, text] of generatedFiles(changed)) {
    if (file.endsWith('.xml')) documents.set(file, parseXml(file, text));
  }
  const bundle = { description: describeApis(changed), documents };
  return problemsOf({ bundle, registry: changed, namedValues: describeNamedValues(changed) });
}

it('takes one more tenant, with several directories, and leaves the others’ files alone', () => {
  const more = { ...registry, tenants: [...registry.tenants, wingtip] };
  expect(problemsWith(more)).toEqual([]);
  const [before, after] = [generatedFiles(registry), generatedFiles(more)];
  const shared = [...before.keys()].filter((file) => before.get(file) !== after.get(file));
  expect(shared).toEqual(['apis.json', 'fragments/validate-token.xml', 'fragments/tenant-map.xml']);
});

it('lets tenants share a backend', () => {
  const tenants = registry.tenants.map((tenant) => ({ ...tenant, backend: 'pooled' }));
  const pooled = { ...registry, tenants };
  expect(problemsWith(pooled)).toEqual([]);
  expect(describeApis(pooled).backends).toEqual([
    {
      id: 'pooled',
      description: `Function app of ${registry.tenants.map(({ displayName }) => displayName).join(', ')}.`,
    },
  ]);
});

it('marks the only secret', () => {
  const secrets = Object.entries(describeNamedValues(registry)).filter(([, { secret }]) => secret);
  expect(secrets.map(([name]) => name)).toEqual(['backend-key']);
});
