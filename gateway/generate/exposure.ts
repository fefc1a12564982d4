import { contoso } from '#contoso/business';
import type { Permission } from '#platform/access/permissions';
import type { PermissionTable } from '#platform/access/roles';
import type { Business, BusinessStore } from '#platform/business';
import { askToolOf } from '#platform/experts/definition';

export interface GatewayTool {
  readonly name: string;
  readonly permission: Permission;
}

/** What the gateway has to know of a business. */
export interface Exposure {
  readonly permissionTable: PermissionTable;
  /** Every tool that can be called through the gateway, at either endpoint. */
  readonly tools: readonly GatewayTool[];
}

/** Only definitions are wanted here; nothing calls a tool or opens data. */
export function exposureOf<Store extends BusinessStore, Policy>(business: Business<Store, Policy>): Exposure {
  const jobs = business.openJobs({ policy: business.readPolicy({}), storeOf: () => refuse('data') });
  return {
    permissionTable: business.permissionTable,
    tools: [
      ...business.tools.map(({ name, permission }) => ({ name, permission })),
      ...business.experts.map(({ domain, permission }) => ({ name: askToolOf(domain), permission })),
      ...jobs
        .map(({ tool }) => tool(() => refuse('jobs')))
        .map(({ name, permission }) => ({ name, permission })),
    ],
  };
}

function refuse(what: string): never {
  throw new Error(`The gateway has no ${what}.`);
}

/** Of the business that this product deploys. */
export const ownExposure: Exposure = exposureOf(contoso);
