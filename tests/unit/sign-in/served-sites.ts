import { gatewayKeyHeader } from '#platform/identity/gateway-key';
import { tenantId } from '#platform/identity/tenant';
import type { Operation, SignInProvider } from '#platform/sign-in/provider';
import { signInService } from '#platform/sign-in/serve';
import type { TenantSite } from '#platform/sign-in/tenant-site';
import { verifierOnly } from '#platform/sign-in/verifier';

export const origin = 'https://mcp.example.com';

export const siteOf = (slug: string, route?: string): TenantSite => ({
  slug: tenantId(slug),
  displayName: slug,
  tenantIds: [],
  route,
  base: route === undefined ? origin : `${origin}/${route}`,
  resources: [],
});

export const two = [siteOf('contoso', 'contoso-mcp'), siteOf('fabrikam', 'fabrikam-mcp')];
export const refusals: string[] = [];

export function serviceOf(operations: Record<string, Operation>, sites: readonly TenantSite[] = two) {
  const provider: SignInProvider = {
    ...verifierOnly('mcp.access'),
    operations,
    serverMetadata: ({ base }) => ({ issuer: base }),
  };
  return signInService({
    provider,
    sites,
    allowedHosts: ['mcp.example.com'],
    fromGateway: (request) => request.headers.get(gatewayKeyHeader) !== 'wrong',
    refused: ({ reason }) => void refusals.push(reason),
    logger: { log: () => {} },
  });
}

export const failing = (error: Error, audience: Operation['audience'] = 'any-origin'): Operation => ({
  audience,
  GET: async () => {
    throw error;
  },
});

export const ask = (path: string, init: RequestInit = {}) =>
  new Request(`${origin}${path}`, { ...init, headers: { host: 'mcp.example.com', ...init.headers } });
