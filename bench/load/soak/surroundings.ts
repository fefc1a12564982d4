import { apiApp, cliApp, directory } from '#emulators/identity/directory';
import { startIdentityProvider } from '#emulators/identity/provider';
import { localTenant } from '#emulators/identity/tenants';
import { azuriteConnectionString, startAzurite } from '#emulators/stack/azurite';
import { Running } from '#emulators/stack/running';
import { tenantId } from '#platform/identity/tenant';
import { openStorage } from '#platform/storage/connect';
import { tell } from '#scripts/lib/child-process';
import { generate } from '#seed/generate/generate';
import { bulkWrite } from '#seed/writing/bulk';
import type { Dataset } from '#seed/writing/dataset';
import { asOf } from '../../subjects/memory-call.ts';
import { entry, startChild } from '../child.ts';

/** A tenant with records of its own: no two have the same customer under one id. */
export interface SoakTenant {
  readonly slug: string;
  readonly records: Dataset;
  /** The header with the token of one of its users, who may do everything. */
  authorizationOf(user: number): Promise<Readonly<Record<string, string>>>;
}

/** What the service needs around it, with a storage that can be made to fail. */
export interface Surroundings {
  readonly tenants: readonly SoakTenant[];
  /** Settings of the service. */
  readonly env: Readonly<Record<string, string>>;
  setFaults(on: boolean): void;
  /** How many requests to storage something happened to. */
  faults(): number;
  stop(): Promise<void>;
}

const origin = 'http://localhost:7071';
const slugs = ['contoso', 'fabrikam'];
const day = 86_400;

export async function startSurroundings(): Promise<Surroundings> {
  const running = new Running();
  try {
    const azurite = await startAzurite({ port: 0 });
    running.add(azurite.stop);
    const front = await startChild({
      args: entry('bench/load/soak/faulty-storage.ts', String(azurite.port)),
    });
    running.add(front.stop);
    let faults = 0;
    front.process.on('message', () => {
      faults += 1;
    });
    const identity = await startIdentityProvider({ resource: [`${origin}/mcp`, `${origin}/agentic/mcp`] });
    running.add(identity.stop);
    const storage = await openStorage({ dataStorage: azurite.connectionString });
    const tenants = slugs.map((slug, at): SoakTenant => {
      const organisation = directory.find((one) => one.slug === slug);
      return {
        slug,
        records: generate({ asOf, seed: 100 + at, tenant: tenantId(slug) }),
        async authorizationOf(user) {
          const oid = `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`;
          const now = Math.floor(Date.now() / 1_000);
          const token = await identity.mint(slug, {
            ...{ iss: identity.issuerOf(slug), aud: apiApp.clientId, azp: cliApp.clientId, azpacr: '0' },
            ...{ tid: organisation?.tid, oid, sub: oid, scp: apiApp.scope, roles: ['security'], ver: '2.0' },
            ...{ uti: `soak-${user}`, iat: now, nbf: now, exp: now + day },
          });
          return { authorization: `Bearer ${token}` };
        },
      };
    });
    for (const { slug, records } of tenants) {
      // days of usage are nine rows of ten, and nothing asks for them
      await bulkWrite(storage, tenantId(slug), { ...records, usage: [] });
    }
    return {
      tenants,
      env: {
        AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
        AzureWebJobsStorage: azurite.connectionString,
        DATA_STORAGE: azuriteConnectionString(Number(new URL(front.origin).port)),
        TENANTS: JSON.stringify(slugs.map(localTenant)),
        AUTH_MODE: 'jwt',
        AUTHORITY: identity.origin,
        MCP_API_AUDIENCE: apiApp.clientId,
        PUBLIC_BASE_URL: origin,
        LOG_LEVEL: 'warn',
        JOBS_PER_USER: '50',
        TROUBLESHOOT_SECONDS: '9',
      },
      setFaults: (on) => tell(front.process, { faults: on }),
      faults: () => faults,
      stop: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}
