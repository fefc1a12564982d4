import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../emulators/stack/free-port.ts';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { currentClient } from '../../scripts/demo/clients.ts';

const revision = '2025-06-18';

let dir: string;
let port: number;
let stack: Stack;
let said: string[];

async function start(): Promise<void> {
  said = [];
  stack = await startStack({
    port,
    dir,
    ephemeral: false,
    pooled: true,
    dataStorage: undefined,
    report: { step: () => {}, progress: () => {}, done: (what) => said.push(what) },
    onHostLine: () => {},
  });
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'stack-'));
  port = await freePort(0);
  await start();
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await rm(dir, { recursive: true });
});

const places = () => said.filter((line) => /^(?:Identity provider|Azurite)/.test(line));

/** Sends a message of the 2025 era, in a session or without one. */
async function send(url: string, token: string, message: object, session?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(session !== undefined && { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': revision }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  });
}

/** Opens a session; its id is what a client keeps of it. */
async function openSession(url: string, token: string): Promise<string> {
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const response = await send(url, token, { method: 'initialize', params });
  await response.text();
  return response.headers.get('mcp-session-id') ?? expect.fail('no session was opened');
}

it('a client that was signed in stays so, and in its session, when the stack is started again', async () => {
  const { mcp: url, dataStorage } = accessOf(stack, 'contoso');
  const token = await accessToken(url, callerOf({ user: 'quinn@contoso' }));
  const session = await openSession(url, token);
  const before = places();
  await stack.stop();
  await start();
  expect(places()).toEqual(before);
  expect(accessOf(stack, 'contoso').dataStorage).toBe(dataStorage);
  const client = await currentClient({ url, token });
  expect(await client.toolNames()).toContain('get_customer_detail');
  await client.close();
  const listed = await send(url, token, { method: 'tools/list' }, session);
  expect(listed.status).toBe(200);
  expect(await listed.text()).toContain('get_customer_detail');
  // One that was not given out here is none.
  const foreign = await send(url, token, { method: 'tools/list' }, `${session.slice(0, -8)}AAAAAAAA`);
  expect(foreign.status).toBe(404);
}, 240_000);
