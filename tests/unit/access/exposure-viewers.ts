import { permissionsOf, type Role, roles } from '#contoso/access/roles';
import { contoso } from '#contoso/business';
import type { Exposure, Viewer } from '#platform/access/exposure';
import type { EndpointName, Offer } from '#platform/access/offer';
import type { Actor } from '#platform/identity/actor';
import { tenantId } from '#platform/identity/tenant';
import { completionsOf } from '#platform/mcp/definitions/prompt';
import { describeOffers, type Offers } from '#platform/offers';
import type { Kind, Row } from './exposure-table.ts';

export const served = ['contoso', 'fabrikam'].map(tenantId);
export const stranger = tenantId('stranger');

export const endpoints: readonly EndpointName[] = [
  'mcp',
  'agentic',
  'expert:billing',
  'expert:account',
  'expert:product',
];

/** No role, each role, and every combination of them. */
export const combinations: readonly (readonly Role[])[] = Array.from(
  { length: 2 ** roles.length },
  (_, bits) => roles.filter((_role, index) => (bits & (1 << index)) !== 0),
);

export const offers = describeOffers(contoso, served);
export const everything = named(offers);

export const viewer = (
  held: readonly Role[],
  endpoint: EndpointName,
  tenant = served[0] ?? stranger,
  actor: Actor = 'person',
): Viewer => ({
  permissions: permissionsOf(held),
  tenant,
  actor,
  endpoint,
});

/** As the table calls them. */
export function named({ tools, cardTools, prompts, resources }: Offers): ReadonlyMap<string, Offer> {
  const entry = (kind: Kind, name: string, offer: Offer) => [`${kind} ${name}`, offer] as const;
  return new Map([
    ...[...tools, ...cardTools].map((offer) => entry('tool', offer.thing.name, offer)),
    ...prompts.flatMap((offer) => [
      entry('prompt', offer.thing.name, offer),
      ...[...completionsOf(offer)].map(([argument, completion]) =>
        entry('completion', `${offer.thing.name}.${argument}`, completion),
      ),
    ]),
    ...resources.map((offer) => entry('resource', offer.thing.name, offer)),
  ]);
}

export const nameOf = ([kind, name]: Row) => `${kind} ${name}`;

/** Whether a client can call it. */
export const isCallable = ([, , at]: Row) => at.includes('mcp') || at.includes('agentic');

/** What the table says. */
export function expected(
  [, , at, enough, needs]: Row,
  held: readonly Role[],
  endpoint: EndpointName,
  actor: Actor,
): Exposure {
  if (!at.includes(endpoint)) {
    return 'absent';
  }
  if (!held.some((role) => enough.includes(role))) {
    return 'withheld';
  }
  return needs !== undefined && actor !== 'person' ? 'for_people' : 'open';
}

/** Names of the tools of an endpoint, from the definitions themselves. */
export function toolsAt(endpoint: EndpointName): readonly string[] {
  const jobs = ['trouble_shoot_device'];
  const ofBusiness = contoso.tools.map(({ name }) => name);
  if (endpoint === 'mcp') {
    return [...ofBusiness, 'list_approvals', 'decide_approval'];
  }
  if (endpoint === 'agentic') {
    return ['ask_expert', ...contoso.experts.map(({ domain }) => `ask_${domain}_expert`), ...jobs];
  }
  const ofExpert = contoso.experts.find(({ domain }) => endpoint === `expert:${domain}`)?.tools ?? [];
  const others = contoso.experts.filter(({ domain }) => endpoint !== `expert:${domain}`);
  return [
    ...[...ofBusiness, ...jobs, 'get_diagnosis'].filter((name) => ofExpert.includes(name)),
    ...others.map(({ domain }) => `hand_to_${domain}_expert`),
  ];
}
