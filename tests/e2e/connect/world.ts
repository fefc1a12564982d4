import { type IdentityProvider, startIdentityProvider } from '../../../emulators/identity/provider.ts';
import { localTenant } from '../../../emulators/identity/tenants.ts';
import { type HostProcess, startHostProcess } from '../../../emulators/stack/host-process.ts';
import { startRoundRobin } from '../../support/round-robin.ts';
import { environment, seedTenant, type TestTenant } from '../../support/service.ts';
import { vouchedFor } from '../../support/vouched-for.ts';

export const tenantNames = ['contoso', 'fabrikam'] as const;
export type TenantName = (typeof tenantNames)[number];

/** What every way in is tried on: two tenants, an identity provider, and one address behind which hosts take turns. */
export interface World {
  readonly provider: IdentityProvider;
  /** Under which the service is reached; passkeys are for host names. */
  readonly origin: string;
  readonly tenants: Readonly<Record<TenantName, TestTenant>>;
  /** What the hosts have in common, whichever way people come in by. */
  readonly settings: Readonly<Record<string, string>>;
  /** Two hosts with these settings on top: every request goes to the other one than the request before. */
  serve(settings: Readonly<Record<string, string>>): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export const routeOf = (tenant: TenantName) => `${tenant}-mcp`;

export async function startWorld(): Promise<World> {
  const ports: number[] = [];
  const [provider, proxy] = await Promise.all([startIdentityProvider(), startRoundRobin(ports)]);
  // one after the other: at once they take as long, and each request to storage takes longer
  const contoso = await tenantOf('contoso');
  const fabrikam = await tenantOf('fabrikam');
  const origin = `http://localhost:${proxy.port}`;
  for (const endpoint of ['/mcp', ...tenantNames.map((tenant) => `/${routeOf(tenant)}/mcp`)]) {
    provider.addResource(`${origin}${endpoint}`);
  }
  const settings = {
    ...environment([contoso, fabrikam]),
    AUTHORITY: provider.origin,
    STATE_SIGNING_KEY: 'a key that both hosts share: at least 32 bytes',
    PUBLIC_BASE_URL: origin,
  };
  return {
    provider,
    origin,
    tenants: { contoso, fabrikam },
    settings,
    async serve(more) {
      const start = () => startHostProcess({ env: { ...settings, ...more } });
      const hosts: readonly HostProcess[] = await Promise.all([start(), start()]);
      ports.splice(0, ports.length, ...hosts.map(({ port }) => port));
      return {
        stop: async () => {
          await Promise.all(hosts.map((host) => host.stop()));
        },
      };
    },
    async stop() {
      await proxy.close();
      await provider.stop();
    },
  };
}

const tenantOf = (name: TenantName) => seedTenant(localTenant(name).tenantIds[0], routeOf(name));

/** The tenants, of which one has an identity provider that vouches for its people. */
export function withEnterprise({ provider, settings }: World): Record<string, string> {
  const [contoso, ...others] = JSON.parse(settings.TENANTS ?? '') as object[];
  const enterprise = [vouchedFor(provider.issuerOf('contoso'))];
  return { TENANTS: JSON.stringify([{ ...contoso, enterprise }, ...others]) };
}
