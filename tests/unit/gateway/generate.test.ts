import { expect, it } from 'vitest';
import { problemsOf } from '../../../apim-policies/checks/index.ts';
import { describeApis } from '../../../apim-policies/generate/apis.ts';
import { generatedFiles } from '../../../apim-policies/generate/files.ts';
import { describeNamedValues } from '../../../apim-policies/generate/named-values.ts';
import { readBundle } from '../../../apim-policies/language/bundle.ts';
import { parseXml } from '../../../apim-policies/language/xml.ts';
import {
  policiesFolder,
  type RegisteredTenant,
  type Registry,
  readRegistry,
} from '../../../apim-policies/registry.ts';

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
