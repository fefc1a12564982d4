import type { RegisteredTenant } from './registry.ts';

/** A tenant as its backend's setting TENANTS has it. What is left out there is left out here. */
export function backendTenant(tenant: RegisteredTenant) {
  const { slug, tenantIds, displayName, route, enterprise, exchange, model, enter, approveAbove, tools } =
    tenant;
  return { slug, tenantIds, displayName, route, enterprise, exchange, model, enter, approveAbove, tools };
}
