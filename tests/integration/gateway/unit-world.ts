import { startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import type { TraceEvent } from '#emulators/gateway/step';
import { policiesOf } from '#gateway/generate/policies-of';
import type { PolicyBundle } from '#gateway/language/bundle';
import { type RegisteredTenant, type Registry, readRegistry } from '#gateway/registry';
import { type Authority, audience, startAuthority } from './authority.ts';
import { answerOk, type Backend, startBackend } from './backend.ts';

const shipped = readRegistry();
const [whole] = shipped.tenants as [RegisteredTenant, ...RegisteredTenant[]];

export const group = 'ab000000-0000-4000-8000-000000000001';
/** Calls a minute of a user and of a unit, few enough to be used up. */
export const callsOfUser = 3;
export const callsOfUnit = 5;

/** Contoso, and two business units of its directory with routes and backends of their own. */
export const unitRegistry: Registry = {
  plans: { small: { tenantCallsPerMinute: callsOfUnit, userCallsPerMinute: callsOfUser } },
  tenants: [
    { ...whole, plan: 'small', signIn: 'remote' },
    unit('contososales', 'contoso-sales', { enter: { roles: ['sales'], groups: [group] } }),
    unit('contosofinance', 'contoso-finance', {
      enter: { roles: ['finance', 'audit'] },
      tools: ['get_billing_summary'],
    }),
  ],
};

function unit(
  slug: string,
  backend: string,
  more: Pick<RegisteredTenant, 'enter' | 'tools'>,
): RegisteredTenant {
  const { tenantIds } = whole;
  return { slug, displayName: slug, route: `${backend}-mcp`, tenantIds, backend, plan: 'small', ...more };
}

export const unitPolicies = policiesOf(unitRegistry);

/** What is around the gateways of these tests, which are many. */
export interface UnitSurroundings {
  readonly authority: Authority;
  /** By id, as the registry has them. */
  readonly backends: Readonly<Record<string, Backend>>;
  stop(): Promise<void>;
}

export async function startUnitSurroundings(): Promise<UnitSurroundings> {
  const authority = await startAuthority();
  const started = unitRegistry.tenants.map(
    async ({ backend }) => [backend, await startBackend(answerOk)] as const,
  );
  const backends = Object.fromEntries(await Promise.all(started));
  return {
    authority,
    backends,
    async stop() {
      await Promise.all([authority.stop(), ...Object.values(backends).map((backend) => backend.stop())]);
    },
  };
}

export interface UnitEdge {
  readonly origin: string;
  readonly events: readonly TraceEvent[];
  stop(): Promise<void>;
}

/** Counts of calls begin anew with each. @param policies those of the registry, or changed ones */
export async function startUnitEdge(
  { authority, backends }: UnitSurroundings,
  policies: PolicyBundle = unitPolicies,
): Promise<UnitEdge> {
  const events: TraceEvent[] = [];
  const gateway = await startGateway({
    policies,
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority: authority.origin,
        audience,
        scope: 'mcp.access',
        backendKey: 'only the gateway knows',
        overrides: {
          'plan-small-tenant-calls': String(callsOfUnit),
          'plan-small-user-calls': String(callsOfUser),
        },
      }),
    backends: Object.fromEntries(Object.entries(backends).map(([id, { origin }]) => [id, origin])),
    onTrace: (event) => events.push(event),
    onProblem: () => {},
  });
  return { ...gateway, events };
}
