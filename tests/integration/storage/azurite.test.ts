import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Azurite, startAzurite } from '#emulators/stack/azurite';
import { openStorage } from '#platform/storage/connect';
import type { Table } from '#platform/storage/table';

const row = { partitionKey: 'p', rowKey: 'r', properties: { kept: true } };
const parentFixture = fileURLToPath(new URL('./fixtures/azurite-parent.ts', import.meta.url));

let dir: string;
const running: Azurite[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'azurite-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((azurite) => azurite.stop()));
  await rm(dir, { recursive: true });
});

async function start(): Promise<Azurite> {
  const azurite = await startAzurite({ dir, port: 0 });
  running.push(azurite);
  return azurite;
}

async function accountsIn({ connectionString }: Azurite): Promise<Table> {
  return (await openStorage({ dataStorage: connectionString })).table('contosoAccounts');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('what was written is there after a stop and a new start', async () => {
  const first = await start();
  const table = await accountsIn(first);
  await table.ensure();
  await table.transact([{ insert: row }]);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(await (await accountsIn(await start())).get('p', 'r')).toMatchObject({ properties: { kept: true } });
});

test('stopping twice is stopping', async () => {
  const azurite = await start();
  await Promise.all([azurite.stop(), azurite.stop()]);
  await azurite.stop();
  expect(isAlive(azurite.pid)).toBe(false);
});

test('a taken port is one sentence that names it and says what to do', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await expect(startAzurite({ dir, port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken, probably by another Azurite: stop that one, use it by setting DATA_STORAGE, or choose another port.`,
  );
  holder.close();
});

test('when its parent is killed it saves what it has and ends', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', parentFixture, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const { azurite } = JSON.parse(String(line)) as { azurite: number };
  expect(isAlive(azurite)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(azurite)).toBe(false);
  expect(await (await accountsIn(await start())).get('p', 'r')).toMatchObject({ properties: { kept: true } });
});
