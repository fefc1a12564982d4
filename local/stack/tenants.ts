import { UsageError } from '../usage-error.ts';

/** The customer organisations of the local stack. Their directory ids are made up. */
export const localTenants = [
  {
    slug: 'contoso',
    tenantIds: ['c0000000-0000-4000-8000-000000000001'],
    displayName: 'Contoso Communications',
  },
  { slug: 'fabrikam', tenantIds: ['f0000000-0000-4000-8000-000000000002'], displayName: 'Fabrikam Telecom' },
] as const;

export type LocalTenant = (typeof localTenants)[number]['slug'];

/** @throws UsageError naming the tenants there are */
export function directoryIdOf(slug: string): string {
  const tenant = localTenants.find((candidate) => candidate.slug === slug);
  if (tenant === undefined) {
    throw new UsageError(
      `There is no tenant "${slug}"; use ${localTenants.map(({ slug: known }) => known).join(' or ')}.`,
    );
  }
  return tenant.tenantIds[0];
}
