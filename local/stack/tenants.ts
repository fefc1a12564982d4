/** The customer organisations of the local stack. Their directory ids are made up. */
export const localTenants = [
  {
    slug: 'contoso',
    tenantIds: ['c0000000-0000-4000-8000-000000000001'],
    displayName: 'Contoso Communications',
  },
  { slug: 'fabrikam', tenantIds: ['f0000000-0000-4000-8000-000000000002'], displayName: 'Fabrikam Telecom' },
] as const;
