import { UnsecuredJWT } from 'jose';
import type { TenantId } from '#platform/identity/tenant';
import {
  type HostProcess,
  type HostProcessOptions,
  startHostProcess,
} from '../../emulators/stack/host-process.ts';
import { fewCustomers } from '../../seed/few-customers.ts';
import { generate } from '../../seed/generate/generate.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import type { Dataset } from '../../seed/writing/dataset.ts';
import { freshTenant, testDataStorage, testStorage } from './azurite.ts';

/** The built service on the local host, with two tenants of its own in the run's Azurite. */
export interface Service {
  readonly host: HostProcess;
  /** Address of the MCP endpoint. */
  readonly url: string;
  readonly tenants: readonly [TestTenant, TestTenant];
  /** Ends the host and starts another one on the same data. */
  restart(): Promise<Service>;
  stop(): Promise<void>;
}

export interface TestTenant {
  readonly slug: TenantId;
  readonly tid: string;
  /** First segment of its own addresses. */
  readonly route?: string;
  readonly data: Dataset;
}

const directoryIds = [
  'a0000000-0000-4000-8000-00000000000a',
  'b0000000-0000-4000-8000-00000000000b',
] as const;

/** More than a page of them, and far fewer than there are: writing them is most of what a start takes. */
const generatedCustomers = 60;

/** The day as of which test data is generated: today, so that periods relative to now have data. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * @param tids directory ids of the two tenants
 * @param routes first segments of their own addresses
 */
export async function startService(
  options: HostProcessOptions = {},
  tids: readonly [string, string] = directoryIds,
  routes?: readonly [string, string],
): Promise<Service> {
  const [first, second] = await Promise.all([
    seedTenant(tids[0], routes?.[0]),
    seedTenant(tids[1], routes?.[1]),
  ]);
  return start([first, second], options);
}

async function start(
  tenants: readonly [TestTenant, TestTenant],
  options: HostProcessOptions,
): Promise<Service> {
  const host = await startHostProcess({ ...options, env: { ...environment(tenants), ...options.env } });
  return {
    host,
    url: `${host.origin}/mcp`,
    tenants,
    restart: async () => {
      await host.kill();
      return start(tenants, options);
    },
    stop: () => host.stop(),
  };
}

/** Settings of a service for these tenants that reads claims without checking them. */
export function environment(tenants: readonly TestTenant[]): Record<string, string> {
  return {
    DATA_STORAGE: testDataStorage(),
    AUTH_MODE: 'passthrough',
    TENANTS: JSON.stringify(
      tenants.map(({ slug, tid, route }) => ({
        slug,
        tenantIds: [tid],
        displayName: `Tenant ${slug}`,
        ...(route !== undefined && { route }),
      })),
    ),
  };
}

/** A tenant of its own, with a small company in the run's Azurite. */
export async function seedTenant(tid: string, route?: string): Promise<TestTenant> {
  const slug = freshTenant();
  const data = fewCustomers(generate({ asOf: today(), seed: 7, tenant: slug }), generatedCustomers);
  await bulkWrite(await testStorage(), slug, data);
  return { slug, tid, data, ...(route !== undefined && { route }) };
}

/** A token without a signature; the service of these tests reads its claims. */
export function tokenFor(
  tenant: TestTenant,
  roles: readonly string[],
  user = 'tester',
  name?: string,
): string {
  const claims = { tid: tenant.tid, oid: user, azp: 'tests', roles: [...roles] };
  return new UnsecuredJWT({ ...claims, ...(name !== undefined && { name }) }).encode();
}
