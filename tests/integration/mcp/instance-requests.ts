import { UnsecuredJWT } from 'jose';
import type { Role } from '#contoso/access/roles';
import type { Endpoint } from '#platform/mcp/endpoint';

export const address = 'http://localhost/mcp';

export const directory = 'd0000000-0000-4000-8000-00000000000d';
export const signingKey = 'a key that both instances share.';

/** A token of one user of the company. */
export function tokenOf(user: string, roles: readonly Role[]): string {
  return new UnsecuredJWT({ tid: directory, oid: user, azp: 'tests', roles: [...roles] }).encode();
}

/** What clients use instead of the network. */
export function fetchOf(endpoint: Endpoint, token: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('host', 'localhost');
    request.headers.set('authorization', `Bearer ${token}`);
    return endpoint(request);
  };
}

/** One message of a 2025-era client, as it goes over the wire. */
export function post(
  endpoint: Endpoint,
  token: string,
  body: unknown,
  sessionId?: string,
): Promise<Response> {
  return fetchOf(endpoint, token)(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
    },
    body: JSON.stringify(body),
  });
}
