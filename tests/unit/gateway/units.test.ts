import { describe, expect, it } from 'vitest';
import { checkTenants } from '#gateway/checks/tenants';
import { policiesOf } from '#gateway/generate/policies-of';
import { checkRegistry, type RegisteredTenant, type Registry } from '#gateway/registry';
import { whole } from './deployments.ts';
import { problemsWith, registry } from './one-more-tenant.ts';

const [contoso] = registry.tenants as [RegisteredTenant, ...RegisteredTenant[]];
const sales: RegisteredTenant = {
  ...contoso,
  slug: 'contososales',
  displayName: 'Contoso Sales',
  route: 'contoso-sales-mcp',
  backend: 'contoso-sales',
  plan: 'standard',
  enter: { roles: ['sales'] },
  tools: ['get_products', 'prompt:explain_invoice', 'resource:knowledge'],
};

const withUnits = (...units: readonly RegisteredTenant[]): Registry => ({
  ...registry,
  tenants: [...registry.tenants, ...units],
});

/** What the registry alone is wrong in. */
const complaints = (changed: Registry) =>
  checkTenants({ ...whole, bundle: policiesOf(changed), registry: changed }).map(
    ({ description }) => description,
  );

describe('business units in the registry', () => {
  it('of one directory are no mistake, and their policies are in order', () => {
    const changed = withUnits(sales);
    expect(checkRegistry(JSON.parse(JSON.stringify(changed)))).toEqual(changed);
    expect(problemsWith(changed)).toEqual([]);
  });

  it.each([
    [
      'two that are open to everybody',
      { enter: undefined },
      /is of contoso and contososales: all but one need "enter"/,
    ],
    ['two with one backend', { backend: contoso.backend }, /each of them needs a backend of its own/],
    [
      'a tool that does not exist',
      { tools: ['get_product'] },
      /contososales has "get_product" among its tools/,
    ],
    [
      'groups where there is no directory',
      { signIn: 'own' as const, enter: { groups: ['ab000000-0000-4000-8000-000000000001'] } },
      /which are in no group: name roles/,
    ],
  ])('are a mistake as %s', (_what, change, sentence) => {
    expect(complaints(withUnits({ ...sales, ...change })).join('\n')).toMatch(sentence);
  });

  it('are more than one mistake when nothing tells them apart', () => {
    expect(complaints(withUnits({ ...sales, enter: undefined, backend: contoso.backend }))).toHaveLength(3);
  });

  it('are refused with what would be C# in a policy', () => {
    const evil = withUnits({ ...sales, enter: { roles: ['x") || ("" == "'] } });
    expect(() => checkRegistry(evil)).toThrow(/enter\.roles\.0/);
  });

  it('fit by the thousand: no file grows with their number', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      ...sales,
      slug: `unit${index}`,
      route: `unit-${index}-mcp`,
      backend: `unit-${index}`,
      enter: { roles: Array.from({ length: 20 }, (_each, place) => `department-${index}-${place}`) },
    }));
    const one = policiesOf(withUnits(sales)).sizes;
    const all = policiesOf(withUnits(...many)).sizes;
    for (const [file, size] of one) {
      expect([file, all.get(file) ?? size]).toEqual([file, size]);
    }
    expect(Math.max(...all.values())).toBeLessThan(32 * 1024);
  });
});
