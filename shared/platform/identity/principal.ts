import type { Permission } from '../access/permissions.ts';
import type { Switches } from '../access/switches.ts';
import type { Actor } from './actor.ts';
import type { TenantId } from './tenant.ts';

/** The verified caller. Made only from a token (or, in Development, by the modes that stand in for one). */
export interface Principal {
  readonly tenant: TenantId;
  /** `tid:oid` of the token: the tenant's directory id and the user's or service principal's object id. */
  readonly user: string;
  /** What the token calls its holder, where it does: for people to read. Neither in logs nor in the trail. */
  readonly name?: string;
  /** Client id of the calling application (`azp`, or `appid` of a v1 token). */
  readonly application: string;
  /** Whether a person calls, or a program for one, or a program by itself. */
  readonly actor: Actor;
  /** Client id of the application that the calling agent is made from (its blueprint), where the token names one. */
  readonly parentApplication?: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** Unique id of the token, where it has one; with it the trail finds the sign-in that the token came from. */
  readonly token?: string;
  /** Seconds since the epoch after which the token is no longer valid. */
  readonly expiresAt: number;
  /** What the operator had switched off when the request came in; set by the endpoint, never by the caller. */
  readonly switches?: Switches;
}
