import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { plainTools } from './plain-tools.ts';
import { serve } from './serve.ts';
import { serverOf1 } from './usual-way.ts';

/** SDK 1.x as its example `simpleStatelessStreamableHttp` uses it, with our eighteen tools. */
const tools = await plainTools();
const app = createMcpExpressApp();

app.post('/mcp', async (request, response) => {
  const server = serverOf1(tools);
  const transport = new StreamableHTTPServerTransport({});
  await server.connect(transport as Parameters<typeof server.connect>[0]);
  response.on('close', () => {
    void transport.close();
    void server.close();
  });
  await transport.handleRequest(request, response, request.body);
});

serve(app);
