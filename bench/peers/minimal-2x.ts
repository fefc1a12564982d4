import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { serve, toListener } from './serve.ts';

/** The smallest useful server on SDK 2.x: one tool, no storage, no tokens. */
const inputSchema = z.object({ name: z.string() });

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'minimal', version: '1' });
  server.registerTool('greet', { description: 'Greets.', inputSchema }, ({ name }) => ({
    content: [{ type: 'text', text: `Hello ${name}.` }],
  }));
  return server;
});

serve(toListener((request) => handler.fetch(request)));
