import type { JWTPayload } from 'jose';
import { type Actor, actorOf, parentOf } from './actor.ts';
import { displayName } from './display-name.ts';

/** The claims of an access token that the service uses, checked for their types. */
export interface AccessClaims {
  readonly tid: string;
  readonly oid: string;
  /** What it calls its holder. */
  readonly name: string | undefined;
  readonly application: string;
  readonly roles: readonly string[];
  /** Object ids of the holder's groups, where the directory puts them into tokens; lower case. */
  readonly groups: readonly string[];
  /** The directory left the groups out because there are too many, and says where to ask for them. */
  readonly groupsLeftOut: boolean;
  /** Delegated scopes; empty in an app-only token. */
  readonly scopes: readonly string[];
  readonly appOnly: boolean;
  readonly actor: Actor;
  readonly parentApplication: string | undefined;
  readonly expiresAt: number;
}

/** More entries than any directory assigns; a token with more is not read to the end. */
const mostRoles = 200;

/**
 * Reads the claims of a verified token; undefined when it is not an access token of a user or an application.
 * v1 tokens name the application `appid`, v2 tokens `azp`; an ID token has neither.
 */
export function readClaims(payload: JWTPayload): AccessClaims | undefined {
  const { tid, oid, exp } = payload;
  const application = payload.azp ?? payload.appid;
  if (typeof tid !== 'string' || typeof oid !== 'string' || typeof application !== 'string') {
    return undefined;
  }
  if (oid === '' || application === '' || exp === undefined) {
    return undefined;
  }
  const scopes =
    typeof payload.scp === 'string' ? payload.scp.split(' ').filter((scope) => scope !== '') : [];
  const appOnly =
    payload.idtyp === undefined ? scopes.length === 0 && payload.sub === oid : payload.idtyp === 'app';
  return {
    tid: tid.toLowerCase(),
    oid,
    name: displayName(payload),
    application,
    roles: textsOf(payload.roles),
    groups: groupsOf(payload),
    groupsLeftOut: leavesGroupsOut(payload),
    scopes,
    appOnly,
    actor: actorOf(payload, appOnly),
    parentApplication: parentOf(payload),
    expiresAt: exp,
  };
}

/** Of one token; compared without regard to case, as ids are. */
export function groupsOf({ groups }: JWTPayload): readonly string[] {
  return textsOf(groups).map((group) => group.toLowerCase());
}

/** Entra puts at most 200 groups into a token, and 6 into one of the implicit flow. */
export function leavesGroupsOut({ _claim_names: names, hasgroups }: JWTPayload): boolean {
  return hasgroups === true || (typeof names === 'object' && names !== null && 'groups' in names);
}

/** Anything but a list of texts grants nothing. */
export function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.slice(0, mostRoles).filter((entry) => typeof entry === 'string');
}
