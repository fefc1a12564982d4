import { Client, StreamableHTTPClientTransport, type Tool } from '@modelcontextprotocol/client';
import { type EndpointName, endpointNames, endpoints } from '../place.ts';
import type { Token } from '../sign-in/token.ts';
import type { AskUser } from './questions.ts';

/** The two ways of the protocol in which a server asks its user (revisions of 2025, and 2026-07-28). */
export const eras = { modern: '2026-07-28', legacy: '2025-11-25' } as const;
export type Era = keyof typeof eras;

/** A connection to one endpoint, and what its user may use there. */
export interface Connection {
  readonly endpoint: EndpointName;
  readonly client: Client;
  /** Those that only cards call as well. */
  readonly tools: readonly Tool[];
}

/** Tools that only cards call are in no list (MCP Apps, `visibility`). */
export function forPeople({ tools }: Pick<Connection, 'tools'>): readonly Tool[] {
  return tools.filter(({ _meta }) => {
    const { visibility } = (_meta?.ui ?? {}) as { readonly visibility?: readonly string[] };
    return visibility === undefined || visibility.includes('model');
  });
}

const capabilities = {
  elicitation: { form: {} },
  extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } },
};

/** @param ask shows its user what a server asks */
export async function connect(
  endpoint: EndpointName,
  era: Era,
  token: Token,
  ask: AskUser,
): Promise<Connection> {
  const client = new Client(
    { name: 'console', version: '1' },
    { capabilities, versionNegotiation: { mode: era === 'legacy' ? 'legacy' : { pin: eras.modern } } },
  );
  client.setRequestHandler('elicitation/create', async ({ params }) => await ask(params));
  await client.connect(
    new StreamableHTTPClientTransport(new URL(endpoints[endpoint]), { authProvider: token }),
  );
  const { tools } = await client.listTools();
  return { endpoint, client, tools };
}

/** An endpoint that is not connected to, and why not: `other_sign_in` when the token is for the other one. */
export interface LeftOut {
  readonly endpoint: EndpointName;
  readonly why: 'other_sign_in' | Error;
}

export interface Connected {
  readonly connections: readonly Connection[];
  readonly leftOut: readonly LeftOut[];
}

/** Both endpoints, or the one that the token is for; one that refuses its user is left out. @throws when none is there */
export async function connectAll(era: Era, token: Token, ask: AskUser): Promise<Connected> {
  const only = endpointFor(token.claims().aud);
  const asked = endpointNames.filter((name) => only === undefined || name === only);
  const settled = await Promise.allSettled(
    asked.map(async (endpoint) => await connect(endpoint, era, token, ask)),
  );
  const connections = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.flatMap((one, at): LeftOut[] =>
    one.status === 'rejected' ? [{ endpoint: asked[at] ?? 'tools', why: one.reason as Error }] : [],
  );
  if (connections.length === 0) {
    throw failed[0]?.why;
  }
  const others = endpointNames.filter((name) => !asked.includes(name));
  return {
    connections,
    leftOut: [...failed, ...others.map((endpoint): LeftOut => ({ endpoint, why: 'other_sign_in' }))],
  };
}

/** Where the service has the accounts itself, a token is for one endpoint and names it; the audience of others is none of them. */
function endpointFor(audience: unknown): EndpointName | undefined {
  return endpointNames.find((name) => endpoints[name] === audience);
}
