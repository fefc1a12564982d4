import type { JWTPayload } from 'jose';
import { type Actor, actorOf, parentOf } from './actor.ts';

/** The claims of an access token that the service uses, checked for their types. */
export interface AccessClaims {
  readonly tid: string;
  readonly oid: string;
  readonly application: string;
  readonly roles: readonly string[];
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
    application,
    roles: textsOf(payload.roles),
    scopes,
    appOnly,
    actor: actorOf(payload, appOnly),
    parentApplication: parentOf(payload),
    expiresAt: exp,
  };
}

/** Anything but a list of texts grants nothing. */
export function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.slice(0, mostRoles).filter((entry) => typeof entry === 'string');
}
