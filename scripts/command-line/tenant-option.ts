import { type TenantId, tenantId } from '#platform/identity/tenant';
import { UsageError } from './usage-error.ts';

/**
 * The tenant that `--tenant` names.
 * @throws UsageError when no tenant can have this slug
 */
export function tenantOption(slug: string): TenantId {
  try {
    return tenantId(slug);
  } catch (error) {
    throw new UsageError(`--tenant: ${(error as Error).message}`);
  }
}
