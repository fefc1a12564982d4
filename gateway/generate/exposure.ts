import { rolesFor } from '#platform/access/by-role';
import { servedAt } from '#platform/access/exposure';
import type { Offer } from '#platform/access/offer';
import type { Permission } from '#platform/access/permissions';
import type { PermissionTable } from '#platform/access/roles';
import type { Business, BusinessStore } from '#platform/business';
import { namesOf } from '#platform/mcp/definitions/tool';
import { describeOffers } from '#platform/offers';
import { deployed } from '#shared/deployed';

export interface GatewayTool {
  readonly name: string;
  /** What it is called now, where that is another name. */
  readonly present?: string;
  readonly permission: Permission;
  /** One of them is enough for a call. */
  readonly roles: readonly string[];
}

/** What the gateway has to know of a business. */
export interface Exposure {
  readonly permissionTable: PermissionTable;
  /** Every tool that can be called through the gateway, at either endpoint. */
  readonly tools: readonly GatewayTool[];
  /** Names by which a business unit's set can have something: of tools, `prompt:name`, `resource:name`, `skill:name`. */
  readonly names: readonly string[];
}

export function exposureOf<Store extends BusinessStore, Policy>(business: Business<Store, Policy>): Exposure {
  const { permissionTable } = business;
  const { tools, cardTools, prompts, resources, skills } = describeOffers(business);
  const callable = [...servedAt(tools, 'mcp'), ...servedAt(tools, 'agentic')];
  const all: readonly Offer[] = [...tools, ...cardTools, ...prompts, ...resources, ...skills];
  return {
    permissionTable,
    tools: [...callable, ...cardTools].flatMap((offer) =>
      // a call by a former name needs what a call by the present one needs
      namesOf(offer.thing).map((name) => ({
        name,
        ...(name !== offer.thing.name && { present: offer.thing.name }),
        permission: offer.thing.permission,
        roles: rolesFor(offer, permissionTable),
      })),
    ),
    names: [...new Set(all.flatMap(({ inSetsAs = [] }) => inSetsAs))],
  };
}

/** Of the business that this product deploys. */
export const ownExposure: Exposure = exposureOf(deployed);
