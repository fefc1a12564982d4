import { expect, it } from 'vitest';
import { describeApis } from '#gateway/generate/apis';
import { generatedFiles } from '#gateway/generate/files';
import { describeNamedValues } from '#gateway/generate/named-values';
import type { RegisteredTenant } from '#gateway/registry';
import { problemsWith, registry, wingtip } from './one-more-tenant.ts';

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
