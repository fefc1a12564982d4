import { afterAll, beforeAll } from 'vitest';
import { apiApp, proxyApp } from '../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../emulators/identity/provider.ts';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { vouchedFor } from '../support/vouched-for.ts';
import { fetchFrom } from '../support/whole-app.ts';
import { startTarget, type Target } from './target.ts';

export const origin = 'http://localhost:7071';
export const base = (slug: string) => `${origin}/${slug}-mcp`;
export const mcp = `${base('contoso')}/mcp`;

export let provider: IdentityProvider;
export let target: Target;
/** Two instances, one after the other. */
export let reach: typeof fetch;

/** Starts the identity provider and the instances for the tests of the file that calls it, and stops them. */
export function useEnterprise(): void {
  beforeAll(async () => {
    provider = await startIdentityProvider();
    for (const slug of ['contoso', 'fabrikam']) {
      provider.addResource(`${base(slug)}/mcp`);
      provider.addResource(`${base(slug)}/agentic/mcp`);
    }
    target = await startTarget();
    const env = {
      AUTHORITY: provider.origin,
      MCP_API_AUDIENCE: apiApp.clientId,
      SIGN_IN: 'proxy',
      SIGN_IN_CLIENT_ID: proxyApp.clientId,
      SIGN_IN_CLIENT_SECRET: proxyApp.secret,
      TENANTS: JSON.stringify([tenantOf('contoso', 0, true), tenantOf('fabrikam', 1, false)]),
    };
    const instances = [await target.instance(env), await target.instance(env)];
    reach = fetchFrom(
      origin,
      instances.map(({ app }) => app),
    );
  });
  afterAll(async () => {
    await target?.stop();
    await provider?.stop();
  });
}

/** Only one of the two has an identity provider that vouches for its people. */
function tenantOf(name: string, at: 0 | 1, enterprise: boolean) {
  return {
    slug: target.tenants[at].slug,
    tenantIds: [localTenant(name).tenantIds[0]],
    displayName: name,
    route: `${name}-mcp`,
    ...(enterprise && { enterprise: [vouchedFor(provider.issuerOf(name))] }),
  };
}
