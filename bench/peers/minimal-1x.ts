import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import * as z from 'zod';
import { serve, toListener } from './serve.ts';

/** The smallest useful server on SDK 1.x: one tool, no storage, no tokens. */
const inputSchema = z.object({ name: z.string() });

serve(
  toListener(async (request) => {
    const server = new McpServer({ name: 'minimal', version: '1' });
    server.registerTool('greet', { description: 'Greets.', inputSchema }, ({ name }) => ({
      content: [{ type: 'text', text: `Hello ${name}.` }],
    }));
    const transport = new WebStandardStreamableHTTPServerTransport({});
    await server.connect(transport);
    return transport.handleRequest(request);
  }),
);
