import type { TenantId } from './tenant.ts';

/** What each organisation of a deployment has of its own. */
export interface PerTenant<Thing> {
  /** @throws RangeError for one that is not served here */
  of(tenant: TenantId): Thing;
  readonly all: ReadonlyMap<TenantId, Thing>;
}

export function perTenant<Thing>(
  tenants: readonly TenantId[],
  open: (tenant: TenantId) => Thing,
): PerTenant<Thing> {
  const all = new Map(tenants.map((tenant) => [tenant, open(tenant)]));
  return {
    all,
    of(tenant) {
      const thing = all.get(tenant);
      if (thing === undefined) {
        throw new RangeError(`There is no tenant ${tenant} in this deployment.`);
      }
      return thing;
    },
  };
}
