import { endpointsOf } from '#platform/settings';
import type { Registry } from '../../gateway/registry.ts';
import { type Backend, startBackend } from './backend.ts';
import type { KeptPorts } from './kept-ports.ts';
import type { StackOptions, TenantAccess } from './options.ts';
import { Running } from './running.ts';

export interface Surroundings {
  readonly registry: Registry;
  /** Where storage keeps data; undefined in memory. */
  readonly dir: string | undefined;
  readonly ports: KeptPorts;
  readonly origin: string;
  readonly authority: string;
  readonly gatewayKey: string;
  readonly signingKey: string;
}

/** The backends by the ids that the registry knows them by; in the pooled form one stands for all but business units. */
export async function startBackends(
  options: StackOptions,
  { registry, origin, authority, gatewayKey, signingKey, dir, ports }: Surroundings,
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
  const registered = registry.tenants;
  // Ended at the same time: nobody waits for the end of another's open calls.
  const parts: Running[] = [];
  running.add(() => Promise.all(parts.map((part) => part.stop())));
  const part = () => parts[parts.push(new Running()) - 1] as Running;
  const backends: Record<string, Backend> = {};
  if (options.pooled) {
    const shared = registered.filter(({ enter }) => enter === undefined);
    const pool = await startBackend(
      { ...common, id: 'pool', tenants: shared, publicBaseUrl: origin },
      part(),
    );
    for (const { backend } of shared) {
      backends[backend] = pool;
    }
  }
  // a business unit never shares a backend: by its settings it knows which unit a caller came in by
  for (const tenant of registered.filter(({ backend }) => backends[backend] === undefined)) {
    const { route, backend: id } = tenant;
    backends[id] = await startBackend(
      { ...common, id, tenants: [tenant], publicBaseUrl: `${origin}/${route}` },
      part(),
    );
  }
  return backends;
}

export function tenantAccess(
  { registry, origin, authority }: Pick<Surroundings, 'registry' | 'origin' | 'authority'>,
  backends: Readonly<Record<string, Backend>>,
): Record<string, TenantAccess> {
  return Object.fromEntries(
    registry.tenants.map(({ slug, route, backend: id }) => {
      const backend = backends[id];
      if (backend === undefined) {
        throw new Error(`There is no backend "${id}".`);
      }
      const { dataStorage } = backend;
      const direct = `${backend.origin}/mcp`;
      return [slug, { ...endpointsOf(`${origin}/${route}`), backend: direct, dataStorage, authority }];
    }),
  );
}
