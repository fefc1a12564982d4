import { UnsecuredJWT } from 'jose';
import { type Role, roles } from '#contoso/access/roles';
import type { Endpoint } from '#platform/mcp/endpoint';
import { listTools, resultOf } from '../subjects/messages.ts';
import { openApp, requestOf, type SeededStorage } from '../subjects/open-app.ts';

/** What a tool list costs whoever reads it. */
export interface ListCost {
  readonly tools: number;
  /** Of the whole list as it goes over the wire. */
  readonly bytes: number;
  /** Of what clients put before a model: name, description and input schema. */
  readonly tokens: number;
}

/** By endpoint, then by role. */
export type ListCosts = Readonly<Record<string, Readonly<Record<Role, ListCost>>>>;

interface Listed {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: unknown;
}

/** Asks each endpoint for its tools, once in every role. */
export async function measureListCosts(storage: SeededStorage): Promise<ListCosts> {
  const app = await openApp(storage, 'passthrough');
  const costs = {
    '/mcp': await costsByRole(app.mcp),
    '/agentic/mcp': await costsByRole(app.agentic),
  };
  await app.close();
  return costs;
}

async function costsByRole(endpoint: Endpoint): Promise<Record<Role, ListCost>> {
  const costs = await Promise.all(roles.map(async (role) => [role, await listCost(endpoint, role)] as const));
  return Object.fromEntries(costs) as Record<Role, ListCost>;
}

async function listCost(endpoint: Endpoint, role: Role): Promise<ListCost> {
  const token = new UnsecuredJWT({ oid: 'bench', roles: [role] }).encode();
  const response = await endpoint(requestOf(listTools('2026-07-28'), { authorization: `Bearer ${token}` }));
  const tools = resultOf(await response.text()).tools as readonly Listed[];
  const read = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  return { tools: tools.length, bytes: bytesOf(tools), tokens: tokensOf(read) };
}

/** Bytes to a token in our own tool definitions, counted once with o200k_base, the vocabulary of GPT-4o and later. */
const bytesPerToken = 4.4;

/** An estimate: no vocabulary is installed for it, and every model has another one. */
function tokensOf(value: unknown): number {
  return Math.ceil(bytesOf(value) / bytesPerToken);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
