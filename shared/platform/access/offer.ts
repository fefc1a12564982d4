import type { TenantId } from '../identity/tenant.ts';
import type { Need, Permission, PermissionNeeds } from './permissions.ts';
import type { Stoppable } from './switches.ts';

/** Where callers are served: the two endpoints, and each expert, which uses tools for whoever asks it. */
export type EndpointName = 'mcp' | 'agentic' | ExpertEndpoint;
export type ExpertEndpoint = `expert:${string}`;

/** The endpoint that an expert is to the tools that it uses. @param domain of its definition */
export function endpointOfExpert(domain: string): ExpertEndpoint {
  return `expert:${domain}`;
}

/** Something that needs a permission: a tool, a prompt, a completion of its arguments, a family of resources. */
export interface Guarded {
  readonly permission: Permission;
}

/** A thing, and everything about it that decides who is shown it. */
export interface Offer<Thing extends Guarded = Guarded> {
  readonly thing: Thing;
  /** Where it is served; it is nowhere else. */
  readonly at: readonly EndpointName[];
  /**
   * The tenants that have it, and the business units, whose sets of tools are in their settings; all whose callers are let in,
   * when not said.
   */
  readonly tenants?: readonly TenantId[];
  /** Names of which one is enough for a set of tools to have it; no set has it, when not said. */
  readonly inSetsAs?: readonly string[];
  /** What its permission demands besides a role; nothing, when not said. */
  readonly demands?: Need;
  /** Whose request it is about, as `tid:oid`; nobody's, when not said. */
  readonly requestedBy?: string;
  /** What it is a part of: whoever is not shown the whole is not shown the part. */
  readonly partOf?: Offer;
  /** What it is of no use without: for whoever may not use all of that, it is not there. */
  readonly needs?: readonly Offer[];
  /** By what it can be switched off, besides everything at once. */
  readonly stoppedBy?: readonly Stoppable[];
}

/** What an offer says of the needs of its permission. */
export function demandsOf({ permission }: Guarded, needs: PermissionNeeds = {}): Pick<Offer, 'demands'> {
  const need = Object.hasOwn(needs, permission) ? needs[permission] : undefined;
  return need === undefined ? {} : { demands: need };
}

/** Offers all of these at one endpoint, to every tenant. */
export function offeredAt<Thing extends Guarded>(
  endpoint: EndpointName,
  things: readonly Thing[],
  needs?: PermissionNeeds,
): Offer<Thing>[] {
  return things.map((thing) => ({ thing, at: [endpoint], ...demandsOf(thing, needs) }));
}

/** One thing that somebody asked for, as part of what is there for all of them. */
export function requestedBy<Thing extends Guarded>(whole: Offer<Thing>, user: string): Offer<Thing> {
  return { ...whole, requestedBy: user };
}

/** Offers a part wherever the whole is offered. */
export function partOf<Thing extends Guarded>(whole: Offer, thing: Thing): Offer<Thing> {
  const { at, tenants } = whole;
  return { thing, at, ...(tenants && { tenants }), partOf: whole };
}
