import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../emulators/stack/free-port.ts';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { currentClient } from '../../scripts/demo/clients.ts';

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

it('a client that was signed in stays so when the stack is started again', async () => {
  const { mcp: url, dataStorage } = accessOf(stack, 'contoso');
  const token = await accessToken(url, callerOf({ user: 'quinn@contoso' }));
  const before = places();
  await stack.stop();
  await start();
  expect(places()).toEqual(before);
  expect(accessOf(stack, 'contoso').dataStorage).toBe(dataStorage);
  const client = await currentClient({ url, token });
  expect(await client.toolNames()).toContain('get_customer_detail');
  await client.close();
}, 240_000);
