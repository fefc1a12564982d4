import { expect, it } from 'vitest';
import { problemsOf } from '#gateway/checks/index';
import { describeApis } from '#gateway/generate/apis';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import { readBundle, withTexts } from '#gateway/language/bundle';
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
  const { documents, sizes } = readBundle(policiesFolder);
  const isKept = ([file]: [string, unknown]) => !generatedFiles(registry).has(file);
  const kept = {
    description: describeApis(changed),
    documents: new Map([...documents].filter(isKept)),
    sizes: new Map([...sizes].filter(isKept)),
  };
  const texts = [...generatedFiles(changed)].filter(([file]) => file.endsWith('.xml'));
  const bundle = withTexts(kept, texts);
  return problemsOf({ bundle, registry: changed, namedValues: describeNamedValues(changed) });
}

it('takes one more tenant, with several directories, and leaves the others’ files alone', () => {
  const more = { ...registry, tenants: [...registry.tenants, wingtip] };
  expect(problemsWith(more)).toEqual([]);
  const [before, after] = [generatedFiles(registry), generatedFiles(more)];
  const shared = [...before.keys()].filter((file) => before.get(file) !== after.get(file));
  expect(shared).toEqual(['apis.json', 'named-values.json']);
});

it('has room for 2,000 tenants', { timeout: 180_000 }, () => {
  const many = Array.from(
    { length: 2_000 },
    (_, index): RegisteredTenant => ({
      ...wingtip,
      slug: `tenant${index}`,
      route: `tenant${index}-mcp`,
      tenantIds: [`b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`],
      backend: `backend${index}`,
      plan: index % 2 === 0 ? 'standard' : 'premium',
    }),
  );
  expect(problemsWith({ ...registry, tenants: many })).toEqual([]);
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
