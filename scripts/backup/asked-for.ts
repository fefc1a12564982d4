import path from 'node:path';
import type { TenantId } from '#platform/identity/tenant';
import { tenantOption } from '../command-line/tenant-option.ts';
import { UsageError } from '../command-line/usage-error.ts';

/**
 * Whose back-up it is about, and where that is.
 * @param option the one that names the folder
 * @throws UsageError when one of them is missing
 */
export function askedFor(
  slug: string | undefined,
  folder: string | undefined,
  option: '--to' | '--from',
): { readonly tenant: TenantId; readonly dir: string } {
  if (slug === undefined) {
    throw new UsageError('Name a tenant with --tenant.');
  }
  const tenant = tenantOption(slug);
  if (folder === undefined) {
    throw new UsageError(`Name the folder of the back-up with ${option}.`);
  }
  return { tenant, dir: path.resolve(folder) };
}
