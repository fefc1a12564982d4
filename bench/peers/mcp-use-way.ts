import { MCPServer } from 'mcp-use';
import type { PlainTool } from './plain-tools.ts';
import type { Fetch } from './usual-way.ts';

/** mcp-use as its documentation shows it, without the line that it logs for each request. */
export function mcpUseWay(tools: readonly PlainTool[]): Fetch {
  const server = new MCPServer({ name: 'mcp-use', version: '1', logging: { enabled: false } });
  for (const { name, config, call } of tools) {
    server.tool({ name, ...config }, call);
  }
  return (request) => server.fetch(request);
}
