import { UnsecuredJWT } from 'jose';
import { createLibraryApp } from '#examples/library/app';
import { seedLibrary } from '#examples/library/seed';
import { freshTenant, testDataStorage, testStorage } from '../../support/azurite.ts';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';
import { ReplayingEngine } from '../../unit/diagnostics/replaying-engine.ts';

const ownDirectory = 'c0000000-0000-4000-8000-00000000000c';

/** The library of the example behind HTTP on this machine, and the durable engine, which the test moves. */
export interface LibraryService {
  /** Addresses of the endpoints. */
  readonly tools: string;
  readonly experts: string;
  readonly origin: string;
  readonly engine: ReplayingEngine;
  /** With which it was started. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** How the app of a business is made, and its first records. */
export interface Made {
  readonly createApp: typeof createLibraryApp;
  readonly seed: typeof seedLibrary;
}

/**
 * @param directory id of the directory whose users belong to the library
 * @param settings besides those that every start has
 * @param made of another business than the library
 */
export async function startLibrary(
  directory = ownDirectory,
  settings: Readonly<Record<string, string>> = {},
  { createApp, seed }: Made = { createApp: createLibraryApp, seed: seedLibrary },
): Promise<LibraryService> {
  const tenant = freshTenant();
  await seed(await testStorage(), tenant);
  const environment = {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AUTH_MODE: 'passthrough',
    DATA_STORAGE: testDataStorage(),
    TENANTS: JSON.stringify([{ slug: tenant, tenantIds: [directory], displayName: 'Town library' }]),
    LOAN_DAYS: '14',
    LOG_LEVEL: 'error',
    ...settings,
  };
  const app = await createApp(environment);
  const [job] = app.jobs.registered;
  if (job === undefined) {
    throw new Error('The library has no job.');
  }
  const engine = new ReplayingEngine(job.runStep, new Date(), job.orchestrate);
  app.jobs.connect(engine);
  const server: HttpServer = await serveHttp((request) =>
    new URL(request.url).pathname === '/mcp' ? app.mcp(request) : app.agentic(request),
  );
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    origin,
    tools: `${origin}/mcp`,
    experts: `${origin}/agentic/mcp`,
    engine,
    environment,
    async close() {
      await app.close();
      await server.close();
    },
  };
}

/** A token without a signature; the service of these tests reads its claims. */
export function tokenOf(role: string): string {
  return new UnsecuredJWT({ tid: ownDirectory, oid: role, azp: 'tests', roles: [role] }).encode();
}
