import type { AuditEntry } from '#platform/access/audit';

/** An entry, with the client that its token was given to where a proxy stands between. */
export interface JoinedEntry extends AuditEntry {
  /** As the client names itself; absent where the token's own application is the client. */
  readonly client?: string;
}

/** Hours that a token may live: the sign-in that it came from is no older than that. */
export const tokenHours = 25;

/** Finds the sign-in of each call: behind a proxy, all tokens name the proxy as their application. */
export function joined(entries: readonly AuditEntry[]): JoinedEntry[] {
  const clients = new Map<string, string>();
  for (const { tool, token, application } of entries) {
    if (tool === 'sign-in' && token !== undefined) {
      clients.set(token, application);
    }
  }
  return entries.map((entry) => {
    const client = clients.get(entry.token ?? '');
    return client === undefined || client === entry.application ? entry : { ...entry, client };
  });
}
