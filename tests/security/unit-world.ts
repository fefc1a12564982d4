import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { apiApp } from '#emulators/identity/directory';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { localTenant } from '#emulators/identity/tenants';
import { backendTenant } from '#gateway/backend-tenant';
import { policiesOf } from '#gateway/generate/policies-of';
import type { RegisteredTenant } from '#gateway/registry';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '#seed/writing/bulk';
import { createApp } from '#shared/app';
import { readSettings } from '#shared/settings';
import { freshTenant, testDataStorage, testStorage } from '../support/azurite.ts';
import { serveHttp } from '../support/serve-http.ts';
import { smallDataset } from '../support/small-dataset.ts';

export const gatewayKey = 'only the gateway of these tests knows it';
const signingKey = 'a secret of the tests that is longer than 32 bytes';

const slugs = [freshTenant(), freshTenant()] as const;

/** Contoso, and a business unit of its directory for those who have the role "billing". */
export const whole: RegisteredTenant = {
  slug: slugs[0],
  displayName: 'Contoso',
  route: 'contoso-mcp',
  tenantIds: localTenant('contoso').tenantIds,
  backend: 'whole',
  plan: 'plan',
};
export const unit: RegisteredTenant = {
  ...whole,
  slug: slugs[1],
  displayName: 'Contoso Billing',
  route: 'contoso-billing-mcp',
  backend: 'unit',
  enter: { roles: ['billing'] },
  tools: ['get_billing_summary', 'get_customer_detail', 'pay_invoice', 'ask_billing_expert'],
};
const registry = {
  plans: { plan: { tenantCallsPerMinute: 600, userCallsPerMinute: 600 } },
  tenants: [whole, unit],
};

interface UnitBackend {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The gateway, an identity provider and the two backends; all but storage in this process. */
export interface UnitWorld {
  readonly gateway: string;
  readonly identity: IdentityProvider;
  /** What the backends have logged. */
  readonly logLines: readonly string[];
  /** Address of a tenant's tools at the gateway, and at its backend itself. */
  addressOf(tenant: RegisteredTenant): string;
  directly(tenant: RegisteredTenant): string;
  stop(): Promise<void>;
}

export async function startUnitWorld(): Promise<UnitWorld> {
  const logLines: string[] = [];
  const identity = await startIdentityProvider();
  await fill();
  const started = registry.tenants.map(
    async (tenant) => [tenant.backend, await startBackend(tenant, identity.origin, logLines)] as const,
  );
  const backends = new Map(await Promise.all(started));
  const gateway = await startEdge(identity.origin, backends);
  for (const { route } of registry.tenants) {
    identity.addResource(`${gateway.origin}/${route}/mcp`);
  }
  return {
    gateway: gateway.origin,
    identity,
    logLines,
    addressOf: ({ route }) => `${gateway.origin}/${route}/mcp`,
    directly: ({ backend }) => `${backends.get(backend)?.origin}/mcp`,
    async stop() {
      await gateway.stop();
      await Promise.all([...backends.values()].map((backend) => backend.stop()));
      await identity.stop();
    },
  };
}

/** The same company for both, with one customer of another name in the unit. */
async function fill(): Promise<void> {
  const storage = await testStorage();
  const [first, ...rest] = smallDataset.customers;
  if (first === undefined) {
    throw new Error('The small company has no customers.');
  }
  await bulkWrite(storage, slugs[0], smallDataset);
  await bulkWrite(storage, slugs[1], {
    ...smallDataset,
    customers: [{ ...first, first_name: 'Unity' }, ...rest],
  });
}

async function startBackend(
  tenant: RegisteredTenant,
  authority: string,
  logLines: string[],
): Promise<UnitBackend> {
  const settings = readSettings({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AUTH_MODE: 'jwt',
    AUTHORITY: authority,
    MCP_API_AUDIENCE: apiApp.clientId,
    DATA_STORAGE: testDataStorage(),
    TENANTS: JSON.stringify([backendTenant(tenant)]),
    GATEWAY_KEY: gatewayKey,
    STATE_SIGNING_KEY: signingKey,
  });
  const logger = createLogger(
    'info',
    () => new Date(),
    (line) => logLines.push(line),
  );
  const app = await createApp({ settings, logger });
  const endpoints = new Map([['/gateway/refusals', app.gatewayRefusals]]);
  const server = await serveHttp((request) =>
    (endpoints.get(new URL(request.url).pathname) ?? app.mcp)(request),
  );
  return {
    origin: `http://127.0.0.1:${server.port}`,
    async stop() {
      await app.close();
      await server.close();
    },
  };
}

function startEdge(authority: string, backends: ReadonlyMap<string, UnitBackend>): Promise<Gateway> {
  return startGateway({
    policies: policiesOf(registry),
    backends: Object.fromEntries([...backends].map(([id, { origin }]) => [id, origin])),
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority,
        audience: apiApp.clientId,
        scope: apiApp.scope,
        backendKey: gatewayKey,
        overrides: { 'plan-plan-tenant-calls': '600', 'plan-plan-user-calls': '600' },
      }),
  });
}
