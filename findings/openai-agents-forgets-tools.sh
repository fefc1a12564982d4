#!/usr/bin/env bash
# @openai/agents 0.20.0, with @modelcontextprotocol/client and @modelcontextprotocol/server 2.4.0.
#
# Expected: with `cacheToolsList: true` the tools of an MCP server are listed once for all turns, the more so
#   where the server itself says that its list is good for five minutes (`ttlMs`).
# Happens: they are listed for every turn, as without it, when the server gives no session id. `listTools` of
#   MCPServerStreamableHttp empties its caches then. MCP 2026-07-28 has no sessions, so that no server of it is cached.
# Matters: an agent sends one more request for each turn of its model, and waits for it, while its author believes that the
#   list is kept. A server with a long list pays for it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund \
  @openai/agents@0.20.0 @modelcontextprotocol/client@2.4.0 @modelcontextprotocol/server@2.4.0 zod@4.6.7
cat > run.mjs <<'JS'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { MCPServerStreamableHttp } from '@openai/agents';

const cacheHints = { 'tools/list': { ttlMs: 300_000, cacheScope: 'private' } };
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'finding', version: '1' }, { cacheHints });
  server.registerTool('hello', { description: 'Says hello.' }, () => ({ content: [{ type: 'text', text: 'hello' }] }));
  return server;
});
const methods = [];
const server = new MCPServerStreamableHttp({
  name: 'finding',
  url: 'http://127.0.0.1/mcp',
  cacheToolsList: true,
  // stands where the network would be; client and server are the real ones
  async fetch(url, init) {
    const request = new Request(url, init);
    if (request.method === 'POST') {
      methods.push((await request.clone().json()).method);
    }
    return await handler.fetch(request);
  },
});
await server.connect();
for (let turn = 0; turn < 3; turn += 1) {
  const [tool] = await server.listTools();
  console.log(`Turn ${turn}: ${tool.name}`);
}
await server.close();
const lists = methods.filter((method) => method === 'tools/list').length;
console.log(`session: ${server.sessionId}; sent: ${methods.join(', ')}`);
console.log(`tools/list was sent ${lists} times for 3 turns.`);
if (lists !== 3) {
  console.error('This has changed.');
  process.exit(1);
}
JS
node run.mjs
