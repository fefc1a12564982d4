import { createMcpHandler, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { permissions } from '../../shared/contoso/access/permissions.ts';
import { businessTools } from '../../shared/contoso/tools/index.ts';
import type { Viewer } from '../../shared/platform/access/exposure.ts';
import { offeredAt } from '../../shared/platform/access/offer.ts';
import { tenantId } from '../../shared/platform/identity/tenant.ts';
import { ToolRegistry } from '../../shared/platform/mcp/registry.ts';
import type { PlainTool } from './plain-tools.ts';
import type { Fetch } from './usual-way.ts';

/** What SDK 2.x costs by itself: nothing is registered, the list is ready, a call checks its arguments and runs. */
export function staticWay2(tools: readonly PlainTool[]): Fetch {
  const viewer: Viewer = {
    permissions: new Set(permissions),
    tenant: tenantId('contoso'),
    actor: 'person',
    endpoint: 'mcp',
  };
  const list = [...new ToolRegistry(offeredAt('mcp', businessTools)).listFor(viewer)];
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const handler = createMcpHandler(() => {
    const server = new Server({ name: 'static-way', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools: list }));
    server.setRequestHandler('tools/call', async ({ params }) => {
      const tool = byName.get(params.name);
      if (tool === undefined) {
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown tool.');
      }
      return tool.call(tool.config.inputSchema.parse(params.arguments ?? {}));
    });
    return server;
  });
  return (request) => handler.fetch(request);
}
