import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { policiesOf } from '../../gateway/generate/policies-of.ts';
import { type Registry, readRegistry } from '../../gateway/registry.ts';
import { compile } from '../../scripts/build/compile.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { localNamedValues } from '../gateway/local-values.ts';
import { apiApp } from '../identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../identity/provider.ts';
import { startBackends, tenantAccess } from './backends.ts';
import { demoNames, type NameOf } from './call-line.ts';
import { freePort } from './free-port.ts';
import { KeptPorts } from './kept-ports.ts';
import type { StackOptions, TenantAccess } from './options.ts';
import type { StackReport } from './report.ts';
import { Running } from './running.ts';
import { stateSigningKey } from './signing-key.ts';

export interface Stack {
  /** Address of the gateway; its root leads to the consoles. */
  readonly origin: string;
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
  const registry = registryOf(options);
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
  const around = { registry, origin, authority: identity.origin, gatewayKey, signingKey, dir, ports };
  const backends = await startBackends(options, around, running);
  signal?.throwIfAborted();
  gateway = await startGateway({
    port,
    policies: policiesOf(registry),
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

  const tenants = tenantAccess(around, backends);
  for (const { mcp, agentic } of Object.values(tenants)) {
    identity.addResource(mcp);
    identity.addResource(agentic);
  }
  const ended = Promise.race(Object.values(backends).map((backend) => backend.ended));
  const crash = async (slug: string) => {
    const tenant = registry.tenants.find((registered) => registered.slug === slug);
    await backends[tenant?.backend ?? '']?.crash();
  };
  return { origin, tenants, nameOf: demoNames(signingKey), ended, crash, stop: () => running.stop() };
}

/**
 * The gateway's own, or with the clients of all tenants signing in elsewhere. On one machine the gateway's root may name
 * everybody.
 */
function registryOf({ signIn }: StackOptions): Registry {
  const registry = readRegistry();
  const chosen = signIn && { signIn };
  return { ...registry, tenants: registry.tenants.map((tenant) => ({ ...tenant, ...chosen, listed: true })) };
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
