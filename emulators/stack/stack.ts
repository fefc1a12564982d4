import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { endpointsOf } from '#platform/settings';
import { readRegistry } from '../../gateway/registry.ts';
import { compile } from '../../scripts/build/compile.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { localNamedValues } from '../gateway/local-values.ts';
import { apiApp } from '../identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../identity/provider.ts';
import { localTenants } from '../identity/tenants.ts';
import { type Backend, startBackend } from './backend.ts';
import { demoNames, type NameOf } from './call-line.ts';
import { freePort } from './free-port.ts';
import { KeptPorts } from './kept-ports.ts';
import type { StackReport } from './report.ts';
import { Running } from './running.ts';
import { stateSigningKey } from './signing-key.ts';

export interface StackOptions {
  /** Port of the gateway, the front door; 0 takes a free one. */
  readonly port: number;
  /** Keeps everything in memory and leaves the project's own data alone. */
  readonly ephemeral: boolean;
  /** Folder for what outlives a restart: data, keys, ports; `.local` of the project by default. */
  readonly dir?: string;
  /** One backend for all tenants, instead of one for each. */
  readonly pooled: boolean;
  /** Storage that is already there; without it the stack starts Azurite. */
  readonly dataStorage: string | undefined;
  /** Further settings of the backends. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Named values of the gateway's policies, instead of those of this machine. */
  readonly namedValues?: Readonly<Record<string, string>>;
  /** Gets what is being done, in a few words, and then how it ended. */
  readonly report: StackReport;
  /** Gives the start up; what was started is ended. Once it is done, the stack's own `stop` ends it. */
  readonly signal?: AbortSignal;
  /** Gets each line that the hosts print. */
  readonly onHostLine: (line: string) => void;
}

/** How one tenant's users reach the service, and where its data is. */
export interface TenantAccess {
  /** Address of the tools endpoint, through the gateway. */
  readonly mcp: string;
  /** Address of the experts endpoint, through the gateway. */
  readonly agentic: string;
  /** Address of the backend's tools endpoint, which refuses whoever comes past the gateway. */
  readonly backend: string;
  readonly dataStorage: string;
}

export interface Stack {
  /** Who of the local directory is behind a pseudonym of the hosts' log. */
  readonly nameOf: NameOf;
  /** By tenant slug. */
  readonly tenants: Readonly<Record<string, TenantAccess>>;
  /** Resolves when a backend has ended by itself. */
  readonly ended: Promise<void>;
  /** Kills a tenant's backend without warning and starts it again on the same data. */
  crash(slug: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Builds the app and starts all that it needs on this machine; what was started is ended when a later step fails.
 * @throws the signal's reason, among others, when the start is given up
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const running = new Running();
  try {
    return await start(options, running);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** @throws Error when the stack does not serve that tenant */
export function accessOf({ tenants }: Stack, slug: string): TenantAccess {
  const access = tenants[slug];
  if (access === undefined) {
    throw new Error(`The stack does not serve "${slug}".`);
  }
  return access;
}

async function start(options: StackOptions, running: Running): Promise<Stack> {
  const { report, signal } = options;
  const port = await freePort(options.port);
  report.step('Building');
  await compile(signal);
  report.done('Built');
  const dir = options.ephemeral ? undefined : (options.dir ?? path.join(projectDir, '.local'));
  const ports = await KeptPorts.open(dir && path.join(dir, 'ports.json'));
  signal?.throwIfAborted();
  const identity = await startIdentity(dir, ports, report);
  running.add(identity.stop);

  const gatewayKey = randomBytes(24).toString('base64url');
  const origin = `http://127.0.0.1:${port}`;
  // Ended after the backends: what their open calls say last goes through it.
  let gateway: Gateway | undefined;
  running.add(async () => gateway?.stop());
  const signingKey = await stateSigningKey(dir && path.join(dir, 'azurite'));
  const around = { origin, authority: identity.origin, gatewayKey, signingKey, dir, ports };
  const backends = await startBackends(options, around, running);
  signal?.throwIfAborted();
  gateway = await startGateway({
    port,
    backends: Object.fromEntries(Object.entries(backends).map(([id, backend]) => [id, backend.origin])),
    namedValues: (name) =>
      localNamedValues({
        origin: name,
        authority: identity.origin,
        audience: apiApp.clientId,
        scope: apiApp.scope,
        backendKey: gatewayKey,
        ...(options.namedValues && { overrides: options.namedValues }),
      }),
  });
  report.done(`Gateway at ${origin}`);

  const tenants = tenantAccess(origin, backends);
  for (const { mcp, agentic } of Object.values(tenants)) {
    identity.addResource(mcp);
    identity.addResource(agentic);
  }
  const ended = Promise.race(Object.values(backends).map((backend) => backend.ended));
  const crash = async (slug: string) => {
    const tenant = readRegistry().tenants.find((registered) => registered.slug === slug);
    await backends[tenant?.backend ?? '']?.crash();
  };
  return { tenants, nameOf: demoNames(signingKey), ended, crash, stop: () => running.stop() };
}

async function startIdentity(
  dir: string | undefined,
  ports: KeptPorts,
  report: StackReport,
): Promise<IdentityProvider> {
  const keep = dir && { keep: path.join(dir, 'identity.json') };
  const { service: identity, missed } = await ports.place('identity', async (port) => {
    const provider = await startIdentityProvider({ port, ...keep });
    return { ...provider, port: Number(new URL(provider.origin).port) };
  });
  const moved =
    missed === undefined
      ? ''
      : `, because port ${missed}, where it was, is taken: whoever was signed in signs in again`;
  report.done(`Identity provider at ${identity.origin}${moved}`);
  return identity;
}

interface Surroundings {
  /** Where storage keeps data; undefined in memory. */
  readonly dir: string | undefined;
  readonly ports: KeptPorts;
  readonly origin: string;
  readonly authority: string;
  readonly gatewayKey: string;
  readonly signingKey: string;
}

/** The backends by the ids that the registry knows them by; in the pooled form one stands for all. */
async function startBackends(
  options: StackOptions,
  { origin, authority, gatewayKey, signingKey, dir, ports }: Surroundings,
  running: Running,
): Promise<Record<string, Backend>> {
  const common = {
    ...options,
    authority,
    gatewayKey,
    dir,
    ports,
    signingKey,
    settings: options.settings ?? {},
    onLine: options.onHostLine,
  };
  const registered = readRegistry().tenants;
  // Ended at the same time: nobody waits for the end of another's open calls.
  const parts: Running[] = [];
  running.add(() => Promise.all(parts.map((part) => part.stop())));
  const part = () => parts[parts.push(new Running()) - 1] as Running;
  if (options.pooled) {
    const pool = await startBackend(
      { ...common, id: 'pool', tenants: localTenants, publicBaseUrl: origin },
      part(),
    );
    return Object.fromEntries(registered.map(({ backend }) => [backend, pool]));
  }
  const backends: Record<string, Backend> = {};
  for (const { slug, route, backend: id } of registered) {
    const tenants = localTenants.filter((tenant) => tenant.slug === slug);
    backends[id] = await startBackend(
      { ...common, id, tenants, publicBaseUrl: `${origin}/${route}` },
      part(),
    );
  }
  return backends;
}

function tenantAccess(
  origin: string,
  backends: Readonly<Record<string, Backend>>,
): Record<string, TenantAccess> {
  return Object.fromEntries(
    readRegistry().tenants.map(({ slug, route, backend: id }) => {
      const backend = backends[id];
      if (backend === undefined) {
        throw new Error(`There is no backend "${id}".`);
      }
      const { dataStorage } = backend;
      return [slug, { ...endpointsOf(`${origin}/${route}`), backend: `${backend.origin}/mcp`, dataStorage }];
    }),
  );
}
