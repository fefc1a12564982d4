import { decodeJwt, UnsecuredJWT } from 'jose';
import * as z from 'zod';
import { readClaims as accessClaims } from '#platform/identity/claims';
import { metadataUrl } from '#platform/identity/resource-metadata';
import type { Claims, HttpAnswer, ResourceMetadata, ServerMetadata } from '../evidence.ts';

/** Milliseconds to wait for an answer; a function app that was asleep takes seconds. */
const requestTimeoutMs = 30_000;

const listTools = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/list',
  params: {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
};

/** Asks for the tools with this token, or with none. */
export async function askForTools(url: string, token?: string): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': 'tools/list',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(listTools),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  await response.body?.cancel();
  return { status: response.status, challenge: response.headers.get('www-authenticate') ?? undefined };
}

/** A token with the claims of a real one, or with made-up ones, that nobody signed. */
export function forgedToken(token: string | undefined): string {
  const nobody = '00000000-0000-4000-8000-000000000000';
  const claims = token === undefined ? { tid: nobody, oid: nobody, azp: nobody } : decodeJwt(token);
  return new UnsecuredJWT({ ...claims, roles: ['security'] }).setIssuedAt().setExpirationTime('5m').encode();
}

const metadataShape = z.looseObject({
  resource: z.string(),
  authorization_servers: z.array(z.string()).default([]),
  scopes_supported: z.array(z.string()).default([]),
});

/** @throws Error when there is no such document at the well-known address */
export async function readMetadata(url: string): Promise<ResourceMetadata> {
  const address = metadataUrl(url);
  const response = await fetch(address, { signal: AbortSignal.timeout(requestTimeoutMs) });
  const parsed = metadataShape.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !parsed.success) {
    throw new Error(`${address} was answered with ${response.status} and no metadata`);
  }
  const { resource, authorization_servers: authorizationServers, scopes_supported: scopes } = parsed.data;
  return { address, resource, authorizationServers, scopes };
}

const serverShape = z.looseObject({
  issuer: z.string(),
  registration_endpoint: z.string().optional(),
  client_id_metadata_document_supported: z.boolean().default(false),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
  grant_types_supported: z.array(z.string()).default([]),
});

/**
 * @param server an authorization server's address
 * @throws Error when there is no such document at the well-known address between its host and its path
 */
export async function readServerMetadata(server: string): Promise<ServerMetadata> {
  const { origin, pathname } = new URL(server);
  const address = `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(requestTimeoutMs) });
  const parsed = serverShape.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !parsed.success) {
    throw new Error(`${address} was answered with ${response.status} and no metadata`);
  }
  const { data } = parsed;
  return {
    server,
    address,
    issuer: data.issuer,
    registers: data.registration_endpoint !== undefined,
    readsClientDocuments: data.client_id_metadata_document_supported,
    provesCodes: data.code_challenge_methods_supported.includes('S256'),
    namesIssuer: data.authorization_response_iss_parameter_supported,
    takesAssertions: data.grant_types_supported.includes('urn:ietf:params:oauth:grant-type:jwt-bearer'),
  };
}

const claimsShape = z.looseObject({
  aud: z.string().default(''),
  tid: z.string().default(''),
  oid: z.string().default(''),
  roles: z.array(z.string()).default([]),
});

/** What a token says, unverified: to compare it with what the service does. */
export function readClaims(token: string): Claims {
  const payload = decodeJwt(token);
  const { aud, tid, oid, roles } = claimsShape.parse(payload);
  return {
    aud,
    tid,
    oid,
    roles,
    actor: accessClaims(payload)?.actor ?? 'application',
    tellsAgents: payload.idtyp !== undefined && payload.xms_act_fct !== undefined,
  };
}
