import { rolesFor } from '#platform/access/by-role';
import { servedAt } from '#platform/access/exposure';
import { type Guarded, type Offer, offeredAt } from '#platform/access/offer';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { describeOffers } from '#platform/offers';
import { deployed } from '#shared/deployed';

/** What the business offers, for the pages; nothing here can be called. */
export const offers = describeOffers(deployed);

/** Its roles, as it names them. */
export const roles: readonly string[] = Object.keys(deployed.permissionTable);

/** Everything that some role may do, in the order of the table's fullest row. */
export const permissions: readonly string[] = [
  ...new Set(
    Object.values(deployed.permissionTable)
      .toSorted((a, b) => b.length - a.length)
      .flat(),
  ),
];

/** The tools of both endpoints, in the order of the pages. */
export const listedTools: readonly Offer<AnyTool>[] = [
  ...servedAt(offers.tools, 'mcp'),
  ...servedAt(offers.tools, 'agentic'),
];

/** A table's cells about who may use it: one for each role. */
export function cellsOf(offer: Offer, roles: readonly string[]): string[] {
  const enough = rolesFor(offer, deployed.permissionTable);
  return roles.map((role) => (enough.includes(role) ? 'yes' : ''));
}

/** The same for whatever needs nothing but this permission. */
export function cellsOfPermission(guarded: Guarded, roles: readonly string[]): string[] {
  return offeredAt('mcp', [guarded]).flatMap((offer) => cellsOf(offer, roles));
}
