import { endpointsOf } from '#platform/settings';
import { readRegistry } from '../../gateway/registry.ts';
import { localTenants } from '../identity/tenants.ts';
import { type Backend, startBackend } from './backend.ts';
import type { KeptPorts } from './kept-ports.ts';
import type { StackOptions, TenantAccess } from './options.ts';
import { Running } from './running.ts';

export interface Surroundings {
  /** Where storage keeps data; undefined in memory. */
  readonly dir: string | undefined;
  readonly ports: KeptPorts;
  readonly origin: string;
  readonly authority: string;
  readonly gatewayKey: string;
  readonly signingKey: string;
}

/** The backends by the ids that the registry knows them by; in the pooled form one stands for all. */
export async function startBackends(
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

export function tenantAccess(
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
