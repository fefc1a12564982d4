import { type Gateway, startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import type { TraceEvent } from '#emulators/gateway/step';
import type { PolicyBundle } from '#gateway/language/bundle';
import { readRegistry } from '#gateway/registry';
import { type Authority, audience, startAuthority } from './authority.ts';
import { answerOk, type Backend, startBackend } from './backend.ts';

import { roomy, tightForTenants, tightForUsers } from './tight-limits.ts';

export const backendKey = 'only the gateway knows';
export const scope = 'mcp.access';
/** In the variant of that name; the gateway itself is asked as 127.0.0.1. */
export const frameHost = 'localhost';
export const allowedOrigin = 'https://app.example.com';

/** Everything around the gateway, which many gateways can share. */
export interface Surroundings {
  readonly authority: Authority;
  /** By tenant slug; each tenant has its own, as the registry's backends are. */
  readonly backends: ReadonlyMap<string, Backend>;
  /** A request with the header `x-hang` has reached a backend; the gateway stops waiting for it. */
  readonly timeOut: () => AbortSignal;
  stop(): Promise<void>;
}

/**
 * How a gateway differs from the ordinary one: few calls allowed, to a tenant or to its users; no identity provider; no
 * backend; a short time-out for a backend; or few calls, and a host name that is set aside for the frames of cards.
 */
export type Variant =
  | 'ordinary'
  | 'tight'
  | 'tight-for-users'
  | 'without-authority'
  | 'without-backend'
  | 'short time-out'
  | 'frame host';

/** A place on this machine where nothing listens. */
const nobody = 'http://127.0.0.1:1';

/** One address for the backends of all tenants that are registered, whoever they are. */
export function everyBackend(address: string): Record<string, string> {
  return Object.fromEntries(readRegistry().tenants.map(({ backend }) => [backend, address]));
}

export async function startSurroundings(): Promise<Surroundings> {
  const authority = await startAuthority();
  const waiting = new Set<AbortController>();
  const behave: typeof answerOk = (request, response) => {
    if (request.headers['x-hang'] === undefined) {
      answerOk(request, response);
    } else {
      for (const controller of waiting) {
        controller.abort();
      }
    }
  };
  const backends = new Map(
    await Promise.all(
      readRegistry().tenants.map(async ({ slug }) => [slug, await startBackend(behave)] as const),
    ),
  );
  return {
    authority,
    backends,
    timeOut() {
      const controller = new AbortController();
      waiting.add(controller);
      return controller.signal;
    },
    async stop() {
      await Promise.all([authority.stop(), ...[...backends.values()].map((backend) => backend.stop())]);
    },
  };
}

export interface EdgeUnderTest extends Gateway {
  readonly events: readonly TraceEvent[];
  /** Seconds that the policies gave the backends. */
  readonly timeouts: readonly number[];
}

/** @param policies instead of the product's own */
export async function startVariant(
  surroundings: Surroundings,
  variant: Variant = 'ordinary',
  policies?: PolicyBundle,
): Promise<EdgeUnderTest> {
  const { authority, backends, timeOut } = surroundings;
  const events: TraceEvent[] = [];
  const timeouts: number[] = [];
  const down = variant === 'without-backend';
  const gateway = await startGateway({
    ...(policies && { policies }),
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority: variant === 'without-authority' ? nobody : authority.origin,
        audience,
        scope,
        backendKey,
        allowedOrigin,
        overrides: {
          ...roomy,
          ...(variant === 'tight' && tightForTenants),
          ...(/^tight/.test(variant) && tightForUsers),
          ...(variant === 'frame host' && { ...tightForUsers, 'console-frame-host': frameHost }),
        },
      }),
    backends: down ? everyBackend(nobody) : originsOf(backends),
    keyCooldown: 0,
    timeoutSignal(milliseconds) {
      timeouts.push(milliseconds / 1000);
      return variant === 'short time-out' ? timeOut() : new AbortController().signal;
    },
    onTrace: (event) => events.push(event),
    onProblem: () => {},
  });
  return { ...gateway, events, timeouts };
}

function originsOf(backends: Surroundings['backends']): Record<string, string> {
  return Object.fromEntries(
    readRegistry().tenants.map(({ slug, backend }) => [backend, backends.get(slug)?.origin ?? nobody]),
  );
}
