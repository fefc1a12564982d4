import { randomUUID } from 'node:crypto';
import { enterpriseApp, groupOf } from '../../emulators/identity/enterprise-app.ts';
import { base, mcp, provider, reach } from './enterprise-world.ts';

export type Changes = Readonly<Record<string, unknown>>;

/** Signed by the identity provider of one of the organisations, true or not. */
export function assertion(claims: Changes = {}, { by = 'contoso', typ = 'oauth-id-jag+jwt' } = {}) {
  return provider.mint(by, claimsWith(claims), { header: { typ } });
}

export function claimsWith(claims: Changes) {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: provider.issuerOf('contoso'),
    sub: 'a-person',
    aud: base('contoso'),
    resource: mcp,
    client_id: enterpriseApp.clientId,
    groups: [groupOf('query')],
    scope: 'mcp.access',
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
    ...claims,
  };
}

export interface Answered {
  readonly status: number;
  readonly error?: string;
  readonly access_token?: string;
  readonly scope?: string;
}

export async function redeem(assertion: string, changes: Record<string, string> = {}, slug = 'contoso') {
  const response = await reach(`${base(slug)}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
      client_id: enterpriseApp.clientId,
      client_secret: enterpriseApp.secret,
      ...changes,
    }),
  });
  return { status: response.status, ...((await response.json()) as object) } as Answered;
}

export const list = (token: string, address = mcp) =>
  reach(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
