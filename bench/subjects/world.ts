import { openStorage } from '#platform/storage/connect';
import { apiApp, cliApp, directory } from '../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../emulators/identity/provider.ts';
import { localTenant } from '../../emulators/identity/tenants.ts';
import { azuriteConnectionString, startAzurite } from '../../emulators/stack/azurite.ts';
import { Running } from '../../emulators/stack/running.ts';
import { generate } from '../../seed/generate/generate.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { entry, startChild } from '../load/child.ts';
import { asOf, seedNumber, tenant } from './memory-call.ts';

/** What this service needs around it: seeded storage, and an identity provider that signs tokens. */
export interface World {
  /** Settings of a service that verifies every token. */
  readonly verifying: Readonly<Record<string, string>>;
  /** A header with the token of one of any number of users who may do everything, good for a day. */
  authorizationOf(user: number): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

const origin = 'http://localhost:7071';
const day = 86_400;

export async function startWorld(): Promise<World> {
  const running = new Running();
  try {
    const azurite = await startAzurite({ port: 0 });
    running.add(azurite.stop);
    const front = await startChild({ args: entry('bench/peers/storage-front.ts', String(azurite.port)) });
    running.add(front.stop);
    const dataStorage = azuriteConnectionString(Number(new URL(front.origin).port));
    const identity = await startIdentityProvider({ resource: [`${origin}/mcp`, `${origin}/agentic/mcp`] });
    running.add(identity.stop);
    const dataset = generate({ asOf, seed: seedNumber, tenant });
    await bulkWrite(await openStorage({ dataStorage: azurite.connectionString }), tenant, dataset);
    const common = {
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      AzureWebJobsStorage: azurite.connectionString,
      DATA_STORAGE: dataStorage,
      TENANTS: JSON.stringify([localTenant('contoso')]),
      LOG_LEVEL: 'warn',
    };
    return {
      verifying: {
        ...common,
        AUTH_MODE: 'jwt',
        AUTHORITY: identity.origin,
        MCP_API_AUDIENCE: apiApp.clientId,
        PUBLIC_BASE_URL: origin,
      },
      authorizationOf: async (user) => ({ authorization: `Bearer ${await tokenFrom(identity, user)}` }),
      stop: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function tokenFrom(identity: IdentityProvider, user: number): Promise<string> {
  const organisation = directory.find(({ slug }) => slug === tenant);
  if (organisation === undefined) {
    throw new Error('The directory does not have the organisation.');
  }
  const oid = `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`;
  const now = Math.floor(Date.now() / 1_000);
  return identity.mint(organisation.slug, {
    iss: identity.issuerOf(organisation.slug),
    aud: apiApp.clientId,
    azp: cliApp.clientId,
    azpacr: '0',
    tid: organisation.tid,
    oid,
    sub: oid,
    scp: apiApp.scope,
    roles: ['security'],
    ver: '2.0',
    uti: 'bench',
    iat: now,
    nbf: now,
    exp: now + day,
  });
}
