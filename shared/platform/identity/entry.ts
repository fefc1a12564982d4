import { Forbidden } from './authenticator.ts';

/**
 * Who of a directory may enter a business unit: people with one of these app roles or in one of these groups. Values are as
 * tokens have them.
 */
export interface Entry {
  readonly roles?: readonly string[] | undefined;
  /** Object ids. */
  readonly groups?: readonly string[] | undefined;
}

/** What a verified token says of its holder. */
export interface Membership {
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  /** Whether the directory left the groups out of the token because there are too many (`_claim_names`, `hasgroups`). */
  readonly groupsLeftOut: boolean;
}

/**
 * Refuses whoever does not belong to the unit. Groups that are not in the token are never asked for elsewhere: the token would
 * say where to ask.
 * @param entry undefined for what is open to everybody of the directory
 * @throws Forbidden
 */
export function refuseOutsiders(entry: Entry | undefined, holder: Membership): void {
  if (entry === undefined) {
    return;
  }
  const { roles = [], groups = [] } = entry;
  if (roles.some((role) => holder.roles.includes(role))) {
    return;
  }
  if (groups.some((group) => holder.groups.includes(group.toLowerCase()))) {
    return;
  }
  throw new Forbidden(
    'business_unit',
    holder.groupsLeftOut && groups.length > 0
      ? 'Your token does not list your groups, because there are too many; ask your administrator for an app role of this business unit.'
      : 'This address is for a business unit that you do not belong to; ask your administrator.',
  );
}
