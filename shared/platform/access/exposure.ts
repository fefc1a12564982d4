import type { Actor } from '../identity/actor.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { EndpointName, ExpertEndpoint, Offer } from './offer.ts';
import { type Permission, permissionsKey } from './permissions.ts';
import type { Stop, Switches } from './switches.ts';

/** Everything about a request that decides what it is shown. A verified caller has all but the endpoint. */
export interface Viewer {
  readonly permissions: ReadonlySet<Permission>;
  readonly tenant: TenantId;
  /** Who acts. */
  readonly actor: Actor;
  /** As `tid:oid`; nobody in particular, where only kinds of callers are looked at. */
  readonly user?: string | undefined;
  /** Where the request came in. */
  readonly endpoint: EndpointName;
  /** What the operator has switched off; nothing, where nobody can switch anything. */
  readonly switches?: Switches | undefined;
}

/**
 * `open`: listed, and may be used. `withheld`: the viewer lacks a permission, so it is not listed, and a call is
 * refused in words that name the permission. `for_people`: the same for a viewer who has the permission and is no person.
 * `for_another`: the same for the person whose request it is about.
 * `absent`: treated like a thing that does not exist. `off`: the operator has switched it off, so it is not listed, and a
 * call is refused in words that say so.
 */
export type Exposure = 'open' | 'withheld' | 'for_people' | 'for_another' | 'absent' | 'off';

/** One rule's decision about a thing for a viewer; a thing is open when every rule says so. */
type Rule = (offer: Offer, viewer: Viewer) => Exposure;

/**
 * In the order in which they are asked; the first answer that is not `open` counts. Whatever else is to decide, such as
 * the plan of a tenant, is a field of the offer and of the viewer, and a rule here.
 */
const rules: readonly Rule[] = [
  ({ at }, { endpoint }) => (at.includes(endpoint) ? 'open' : 'absent'),
  ({ tenants }, { tenant }) => (tenants === undefined || tenants.includes(tenant) ? 'open' : 'absent'),
  ({ partOf }, viewer) => (partOf === undefined ? 'open' : exposureOf(partOf, viewer)),
  ({ needs }, viewer) =>
    needs === undefined || needs.every((one) => exposureOf(one, viewer) === 'open') ? 'open' : 'absent',
  ({ thing }, { permissions }) => (permissions.has(thing.permission) ? 'open' : 'withheld'),
  ({ demands }, viewer) => (demands === undefined || isPerson(viewer) ? 'open' : 'for_people'),
  (offer, viewer) => (isAnother(offer, viewer) ? 'open' : 'for_another'),
  // last, so that only those learn of it who could use the thing
  (offer, viewer) => (stopOf(offer, viewer) === undefined ? 'open' : 'off'),
];

/** What a viewer may do with a thing: the only place where that is decided. Pure. */
export function exposureOf(offer: Offer, viewer: Viewer): Exposure {
  for (const rule of rules) {
    const exposure = rule(offer, viewer);
    if (exposure !== 'open') {
      return exposure;
    }
  }
  return 'open';
}

/** Whether the viewer can agree to what asks for the agreement of a person. A program cannot, for whomever it acts. */
export function isPerson({ actor }: Pick<Viewer, 'actor'>): boolean {
  return actor === 'person';
}

/** Of what nobody asked for, everybody is another person; who is not known, is none. */
function isAnother({ demands, requestedBy }: Offer, { user }: Viewer): boolean {
  return (
    demands !== 'another_person' || requestedBy === undefined || (user !== undefined && user !== requestedBy)
  );
}

/** The switch that stops a thing for a viewer; undefined when none does. An expert that is off uses nothing. */
export function stopOf(
  { stoppedBy = [], partOf }: Offer,
  { tenant, endpoint, switches }: Viewer,
): Stop | undefined {
  if (switches === undefined) {
    return undefined;
  }
  const ofOffer = partOf?.stoppedBy === undefined ? stoppedBy : [...stoppedBy, ...partOf.stoppedBy];
  return switches.stopOf(tenant, isExpert(endpoint) ? [endpoint, ...ofOffer] : ofOffer);
}

function isExpert(endpoint: EndpointName): endpoint is ExpertEndpoint {
  return endpoint.startsWith('expert:');
}

/** Those that a viewer sees in a list and may use, in the given order. */
export function openTo<One extends Offer>(offers: readonly One[], viewer: Viewer): One[] {
  return offers.filter((offer) => exposureOf(offer, viewer) === 'open');
}

/** Those that are served there to somebody. */
export function servedAt<One extends Offer>(offers: readonly One[], endpoint: EndpointName): One[] {
  return offers.filter(({ at }) => at.includes(endpoint));
}

/** A verified caller, at an endpoint. @param switches those that came with the caller when left out */
export function viewerAt(
  endpoint: EndpointName,
  caller: Omit<Viewer, 'endpoint'>,
  switches: Switches | undefined = caller.switches,
): Viewer {
  const { permissions, tenant, actor, user } = caller;
  return { permissions, tenant, actor, user, endpoint, switches };
}

/** Equal for callers who are shown the same at an endpoint: what is computed once for all of them is kept under it. */
export function callerKey({ permissions, tenant, actor, switches }: Omit<Viewer, 'endpoint'>): string {
  return JSON.stringify([permissionsKey(permissions), tenant, actor, switches?.version]);
}
