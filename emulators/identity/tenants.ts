import { type RegisteredTenant, readRegistry } from '../../gateway/registry.ts';

export type LocalTenant = Pick<RegisteredTenant, 'slug' | 'tenantIds' | 'displayName'>;

/** The customer organisations of the local stack: those of the gateway's registry. Their directory ids are made up. */
export const localTenants: readonly LocalTenant[] = readRegistry().tenants.map(
  ({ slug, tenantIds, displayName }) => ({ slug, tenantIds, displayName }),
);

/** First segments of their addresses at the gateway. */
export const localRoutes: readonly string[] = readRegistry().tenants.map(({ route }) => route);

/** @throws Error when there is none of this slug */
export function localTenant(slug: string): LocalTenant {
  const found = localTenants.find((tenant) => tenant.slug === slug);
  if (found === undefined) {
    throw new Error(`apim-policies/tenants.json has no tenant "${slug}".`);
  }
  return found;
}
