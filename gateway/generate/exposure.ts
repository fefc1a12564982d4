import { rolesFor } from '#platform/access/by-role';
import { servedAt } from '#platform/access/exposure';
import type { Permission } from '#platform/access/permissions';
import type { PermissionTable } from '#platform/access/roles';
import type { Business, BusinessStore } from '#platform/business';
import { namesOf } from '#platform/mcp/definitions/tool';
import { describeOffers } from '#platform/offers';
import { deployed } from '#shared/deployed';

export interface GatewayTool {
  readonly name: string;
  readonly permission: Permission;
  /** One of them is enough for a call. */
  readonly roles: readonly string[];
}

/** What the gateway has to know of a business. */
export interface Exposure {
  readonly permissionTable: PermissionTable;
  /** Every tool that can be called through the gateway, at either endpoint. */
  readonly tools: readonly GatewayTool[];
}

export function exposureOf<Store extends BusinessStore, Policy>(business: Business<Store, Policy>): Exposure {
  const { permissionTable } = business;
  const { tools } = describeOffers(business);
  return {
    permissionTable,
    tools: [...servedAt(tools, 'mcp'), ...servedAt(tools, 'agentic')].flatMap((offer) =>
      // a call by a former name needs what a call by the present one needs
      namesOf(offer.thing).map((name) => ({
        name,
        permission: offer.thing.permission,
        roles: rolesFor(offer, permissionTable),
      })),
    ),
  };
}

/** Of the business that this product deploys. */
export const ownExposure: Exposure = exposureOf(deployed);
