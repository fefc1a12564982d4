import { createHash, randomBytes } from 'node:crypto';
import { millisecondsPerDay } from '../../dates.ts';
import { loopbackNames } from '../../identity/loopback.ts';
import type { Person } from '../../storage/people-store.ts';

/** Where invitations lead, below a tenant's address. */
export const invitePath = '/oauth/invite';
/** Where the passkey that was made there goes. */
export const joinPath = '/oauth/join';

const invitationDays = 7;

/** The digest is kept, the token is in the link alone. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const newPersonId = (): string => randomBytes(16).toString('base64url');

/** A link that works once. */
export interface Invitation {
  readonly link: string;
  readonly kept: NonNullable<Person['invitation']>;
}

/** @param base public address of the tenant */
export function newInvitation(base: string, person: string, now: Date): Invitation {
  const token = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({ person, token });
  return {
    link: `${whereBrowsersAgree(base)}${invitePath}?${query}`,
    kept: {
      digest: tokenDigest(token),
      expires: new Date(now.getTime() + invitationDays * millisecondsPerDay),
    },
  };
}

/** Browsers have passkeys for host names only: on this machine that is `localhost`, not an IP address. */
export function whereBrowsersAgree(base: string): string {
  const url = new URL(base);
  if (loopbackNames.includes(url.hostname)) {
    url.hostname = 'localhost';
  }
  return url.href.replace(/\/$/, '');
}
