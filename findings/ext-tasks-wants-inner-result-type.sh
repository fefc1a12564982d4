#!/usr/bin/env bash
# @modelcontextprotocol/ext-tasks 0.2.2 (requester) with @modelcontextprotocol/client 2.4.0, revision 2026-07-28.
#
# Expected: a task that a server reports as `completed`, written like the examples of the tasks extension's own
#   specification (specification/2026-07-28/tasks.md, "Example Message Flow": a result of `content` and `isError`),
#   settles as completed.
# Happens: it settles as `failed`, with an error that names no reason, although the same object still says that the
#   task's status is completed. The result inside the task has to carry a `resultType` of its own, which no example has;
#   `complete` there makes the same answer settle as completed.
# Matters: a server written from the specification works with clients that poll by themselves, and every one of its
#   tasks fails with this requester.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @modelcontextprotocol/ext-tasks@0.2.2 @modelcontextprotocol/client@2.4.0
cat > run.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createTaskSessionFromClient } from '@modelcontextprotocol/ext-tasks/client';

const version = '2026-07-28';
const capabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const kept = { ttlMs: 0, cacheScope: 'private' };
const task = {
  taskId: '786512e2-9e0d-44bd-8f29-789f320fe840',
  createdAt: '2026-11-25T10:30:00Z',
  lastUpdatedAt: '2026-11-25T10:50:00Z',
  ttlMs: 3_600_000,
  pollIntervalMs: 10,
};
const answersWith = (result) => ({
  'server/discover': {
    resultType: 'complete',
    supportedVersions: [version],
    capabilities: { tools: {}, ...capabilities },
    ...kept,
  },
  'tools/list': { resultType: 'complete', tools: [{ name: 'hello_world', inputSchema: { type: 'object' } }], ...kept },
  'tools/call': { resultType: 'task', status: 'working', ...task },
  'tasks/get': { resultType: 'complete', status: 'completed', ...task, result },
});

async function settle(inner) {
  const answers = answersWith(inner);
  const server = createServer(async (request, response) => {
    const { id, method } = JSON.parse((await request.toArray()).join(''));
    const answer = { jsonrpc: '2.0', id, result: answers[method] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const clientInfo = { name: 'finding', version: '1' };
  const client = new Client(clientInfo, { capabilities, versionNegotiation: { mode: { pin: version } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.address().port}/mcp`)));
  const session = createTaskSessionFromClient(client, {
    endpointId: 'finding',
    v2RequestFraming: { protocolVersion: version, clientInfo, clientCapabilities: {} },
    rawDispatch: async ({ method }) => ({ kind: 'result', result: answers[method] }),
    onInputRequest: async () => ({ action: 'cancel' }),
  });
  const { outcome } = await (await session.callTool('hello_world', {})).settle();
  await session.close();
  await client.close();
  server.close();
  return `settles as ${outcome.status}, its task says ${outcome.task.status}`;
}

const result = { content: [{ type: 'text', text: 'Hello, Luca!' }], isError: false };
const asInExamples = await settle(result);
const withType = await settle({ resultType: 'complete', ...result });
console.log(`ext-tasks 0.2.2\n  as in the examples: ${asInExamples}\n  with a resultType:  ${withType}`);
const same =
  asInExamples === 'settles as failed, its task says completed' &&
  withType === 'settles as completed, its task says completed';
if (!same) console.error('This has changed.');
process.exit(same ? 0 : 1);
JS
node run.mjs
