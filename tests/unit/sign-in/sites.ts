import { tenantId } from '#platform/identity/tenant';
import type { TenantSite } from '#platform/sign-in/tenant-site';

const origin = 'https://mcp.example.com';

/** A tenant with a route of its own. */
export const siteOf = (slug: string): TenantSite => ({
  slug: tenantId(slug),
  displayName: slug,
  tenantIds: [`directory of ${slug}`],
  route: `${slug}-mcp`,
  base: `${origin}/${slug}-mcp`,
  resources: [`${origin}/${slug}-mcp/mcp`, `${origin}/${slug}-mcp/agentic/mcp`],
});
