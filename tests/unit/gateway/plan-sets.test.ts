import { describe, expect, it } from 'vitest';
import { backendTenant } from '#gateway/backend-tenant';
import { checkRegistry, type Registry } from '#gateway/registry';
import { readTenants } from '#platform/settings/tenants';
import { registry } from './one-more-tenant.ts';

const set = ['get_products', 'prompt:explain_invoice'];

/** The registry with a set of tools for the plan of its last tenant, and perhaps one of that tenant's own. */
function withSets(tools: readonly string[], own?: readonly string[]): Registry {
  const last = registry.tenants.at(-1) ?? expect.fail('There is no tenant.');
  const plan = { ...(registry.plans[last.plan] ?? expect.fail('There is no plan.')), tools };
  return checkRegistry({
    plans: { ...registry.plans, [last.plan]: plan },
    tenants: [...registry.tenants.slice(0, -1), { ...last, ...(own !== undefined && { tools: own }) }],
  });
}

describe('the tools of a plan', () => {
  it('are those of its tenants, in the setting of their backends as well', () => {
    const changed = withSets(set);
    expect(changed.tenants.at(-1)?.tools).toEqual(set);
    const TENANTS = JSON.stringify(changed.tenants.map(backendTenant));
    expect(readTenants({ TENANTS }).at(-1)?.tools).toEqual(set);
  });

  it('leave tenants of other plans everything', () => {
    expect(withSets(set).tenants[0]).toEqual(registry.tenants[0]);
  });

  it('can be fewer for one tenant, and never more', () => {
    expect(withSets(set, ['get_products']).tenants.at(-1)?.tools).toEqual(['get_products']);
    expect(() => withSets(set, ['get_products', 'pay_invoice'])).toThrow(
      /has "pay_invoice", which its plan standard has not/,
    );
  });

  it('are at least one', () => {
    expect(() => withSets([])).toThrow(/plans\.standard\.tools/);
  });
});
