import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Azurite, startAzurite } from '#emulators/stack/azurite';
import { firstDataOf } from '#emulators/stack/first-data';
import { openStorage } from '#platform/storage/connect';

const tenants = [{ slug: 'contoso' }, { slug: 'fabrikam' }];
const row = { partitionKey: 'p', rowKey: 'r', properties: { kept: true } };

let dir: string;
const running: Azurite[] = [];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'first-data-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((azurite) => azurite.stop()));
  await rm(dir, { recursive: true });
});

async function start(copyOf?: string, place?: string) {
  const azurite = await startAzurite({ port: 0, copyOf, ...(place && { dir: place }) });
  running.push(azurite);
  const table = (await openStorage({ dataStorage: azurite.connectionString })).table('contosoAccounts');
  return { azurite, table };
}

test('storage in memory begins with what was written the first time, and goes its own way from there', async () => {
  const first = await firstDataOf(tenants, dir);
  expect(first.file).toBeUndefined();
  const { azurite, table } = await start();
  await table.ensure();
  await table.transact([{ insert: row }]);
  await first.keep(azurite);
  await first.release();

  const { file } = await firstDataOf(tenants, dir);
  const [one, other] = [await start(file), await start(file)];
  await one.table.transact([{ upsert: { ...row, properties: { kept: false } } }]);
  await one.table.transact([{ insert: { ...row, rowKey: 's' } }]);
  expect(await one.table.get('p', 'r')).toMatchObject({ properties: { kept: false } });
  expect(await other.table.get('p', 'r')).toMatchObject({ properties: { kept: true } });
  expect(await other.table.get('p', 's')).toBeUndefined();
});

test('a folder without data begins with it as well, and keeps its own from then on', async () => {
  const first = await firstDataOf(tenants, dir);
  const written = await start();
  await written.table.ensure();
  await written.table.transact([{ insert: row }]);
  await first.keep(written.azurite);
  await first.release();

  const { file } = await firstDataOf(tenants, dir);
  const place = path.join(dir, 'azurite');
  const one = await start(file, place);
  expect(await one.table.get('p', 'r')).toMatchObject({ properties: { kept: true } });
  await one.table.transact([{ upsert: { ...row, properties: { kept: false } } }]);
  await one.azurite.stop();
  const again = await start(file, place);
  expect(await again.table.get('p', 'r')).toMatchObject({ properties: { kept: false } });
});

test('one that begins meanwhile waits for what another one writes', async () => {
  const first = await firstDataOf(tenants, dir);
  const waits = firstDataOf(tenants, dir);
  const impatient = AbortSignal.timeout(300);
  await expect(firstDataOf(tenants, dir, impatient)).rejects.toMatchObject({ name: 'TimeoutError' });
  await first.keep((await start()).azurite);
  await first.release();
  expect((await waits).file).toBeDefined();
});

test('one that waits writes itself when the other one gives up, or has ended', async () => {
  const first = await firstDataOf(tenants, dir);
  const waits = firstDataOf(tenants, dir);
  await first.release();
  expect((await waits).file).toBeUndefined();

  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const [writer = ''] = await readdir(dir);
  await writeFile(path.join(dir, writer), String(ended));
  expect((await firstDataOf(tenants, dir)).file).toBeUndefined();
});

test('other tenants begin with nothing of it', async () => {
  const first = await firstDataOf(tenants, dir);
  await first.keep((await start()).azurite);
  await first.release();
  expect((await firstDataOf(tenants.slice(1), dir)).file).toBeUndefined();
  expect((await firstDataOf(tenants, dir)).file).toBeDefined();
});

test('a folder that takes no files is no reason not to start', async () => {
  const inTheWay = path.join(dir, 'a file');
  await writeFile(inTheWay, '');
  const first = await firstDataOf(tenants, inTheWay);
  await first.keep((await start()).azurite);
  expect((await firstDataOf(tenants, inTheWay)).file).toBeUndefined();
});
