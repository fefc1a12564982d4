import { createMcpHandler } from 'mcp-handler';
import type { PlainTool } from './plain-tools.ts';
import type { Fetch } from './usual-way.ts';

/** mcp-handler as its documentation shows it: tools are registered on the server object that it makes. */
export function mcpHandlerWay(tools: readonly PlainTool[]): Fetch {
  return createMcpHandler((server) => {
    for (const { name, config, call } of tools) {
      server.registerTool(name, config, call);
    }
  });
}
