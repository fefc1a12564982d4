import { ZodJsonSchemaAdapter } from '@tmcp/adapter-zod';
import { HttpTransport } from '@tmcp/transport-http';
import { McpServer } from 'tmcp';
import type { PlainTool } from './plain-tools.ts';
import type { Fetch } from './usual-way.ts';

/** tmcp as its documentation shows it: one server object for all requests, schemas by its adapter for zod. */
export function tmcpWay(tools: readonly PlainTool[]): Fetch {
  const options = { adapter: new ZodJsonSchemaAdapter(), capabilities: { tools: {} } };
  const server = new McpServer({ name: 'tmcp', version: '1' }, options);
  for (const { name, config, call } of tools) {
    const { inputSchema: schema, ...described } = config;
    server.tool({ name, schema, ...described }, call as (input: unknown) => never);
  }
  const transport = new HttpTransport(server, { path: '/mcp' });
  return async (request) => (await transport.respond(request)) ?? new Response(null, { status: 404 });
}
