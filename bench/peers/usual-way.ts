import { McpServer as McpServer1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import type { PlainTool } from './plain-tools.ts';

const info = { name: 'usual-way', version: '1' };

/** A web-standard endpoint in this process. */
export type Fetch = (request: Request) => Promise<Response>;

/** SDK 2.x as its documentation shows it: a server object per request, every tool registered on it. */
export function usualWay2(tools: readonly PlainTool[]): Fetch {
  const handler = createMcpHandler(() => {
    const server = new McpServer(info, { capabilities: { tools: {} } });
    for (const { name, config, call } of tools) {
      server.registerTool(name, config, call);
    }
    return server;
  });
  return (request) => handler.fetch(request);
}

/** SDK 1.x without sessions, as its examples show it; it knows 2025-era clients only. */
export function usualWay1(tools: readonly PlainTool[]): Fetch {
  return async (request) => {
    const server = serverOf1(tools);
    // The option is given as undefined in the examples, too; its type does not say that it may be.
    const transport = new WebStandardStreamableHTTPServerTransport({});
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    const text = await response.text();
    await server.close();
    return new Response(text, response);
  };
}

/** A 1.x server object with every tool registered. */
export function serverOf1(tools: readonly PlainTool[]): McpServer1 {
  const server = new McpServer1(info, { capabilities: { tools: {} } });
  for (const { name, config, call } of tools) {
    server.registerTool(name, config, call);
  }
  return server;
}
