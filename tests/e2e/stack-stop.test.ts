import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** The stack as somebody starts it in a terminal, whose Ctrl+C reaches every process at once. */
let stack: ChildProcess;
let url: string;

const script = `
import { startStack } from './emulators/stack/stack.ts';
const silent = { step() {}, progress() {}, done() {} };
const stack = await startStack({
  port: 0, ephemeral: true, pooled: true, dataStorage: undefined, report: silent, onHostLine() {},
});
process.once('SIGINT', async () => {
  await stack.stop();
  process.exit(0);
});
console.log(stack.tenants.contoso.agentic);
`;

beforeAll(async () => {
  stack = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: projectDir,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (stack.stdout === null) throw new Error('The stack has no output.');
  [url] = (await once(createInterface(stack.stdout), 'line')) as [string];
}, 120_000);

afterAll(() => {
  if (stack.exitCode === null && stack.pid !== undefined) process.kill(-stack.pid, 'SIGKILL');
});

it('ends an open call at Ctrl+C with a word on how to get at the result, through the gateway', async () => {
  const name = 'trouble_shoot_device';
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await accessToken(url, callerOf({ user: 'quinn@contoso' }))}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name,
        arguments: { detail: 'Slow in the evening.', device_name: 'router-7', idempotency_key: 'call 1' },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientCapabilities': {},
          progressToken: 'token',
        },
      },
    }),
  });
  const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await stream?.read(); part?.done === false; part = await stream?.read()) {
    if (text === '') process.kill(-(stack.pid ?? 0), 'SIGINT');
    text += part.value;
  }
  expect(text).toMatch(/For the result of task [\w-]+, call trouble_shoot_device again/);
  expect(text).toContain('the same idempotency_key');
  expect(stack.exitCode ?? (await once(stack, 'exit'))[0]).toBe(0);
}, 60_000);
