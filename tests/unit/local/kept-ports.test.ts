import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptPorts } from '#emulators/stack/kept-ports';

let dir: string;
const servers: Server[] = [];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ports-'));
});

afterEach(async () => {
  await close(...servers.splice(0));
  await rm(dir, { recursive: true });
});

const file = () => path.join(dir, 'local', 'ports.json');

async function close(...list: readonly Server[]): Promise<void> {
  for (const server of list) {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A service that listens; `stop` frees its port. */
async function start(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const stop = () => close(...servers.splice(servers.indexOf(server), 1));
  return { port: (server.address() as AddressInfo).port, stop };
}

const place = async (name: string) => (await KeptPorts.open(file())).place(name, start);

describe('the port of a service', () => {
  it('is the same at every start', async () => {
    const first = await place('identity');
    const other = await place('azurite');
    await first.service.stop();
    await other.service.stop();
    expect((await place('azurite')).service.port).toBe(other.service.port);
    const again = await place('identity');
    expect(again).toMatchObject({ missed: undefined, service: { port: first.service.port } });
  });

  it('is another one while somebody has it, and its own again afterwards', async () => {
    const { service: first } = await place('identity');
    await first.stop();
    const somebody = await start(first.port);
    const moved = await place('identity');
    expect(moved.missed).toBe(first.port);
    expect(moved.service.port).not.toBe(first.port);
    await somebody.stop();
    expect((await place('identity')).service.port).toBe(first.port);
  });

  it('is any when nothing is kept', async () => {
    const ports = await KeptPorts.open(undefined);
    const { service, missed } = await ports.place('identity', async (port) => {
      expect(port).toBe(0);
      return await start(port);
    });
    expect(service.port).toBeGreaterThan(0);
    expect(missed).toBeUndefined();
  });

  it.each(['', '{"identity":"7090"}', '{"identity":70900}', '[]'])(
    'is found with a broken file: %s',
    async (text) => {
      await place('other');
      await writeFile(file(), text);
      expect((await place('identity')).service.port).toBeGreaterThan(0);
    },
  );

  it('is not looked for when the service fails for another reason', async () => {
    const asked: number[] = [];
    const ports = await KeptPorts.open(file());
    const failing = ports.place('identity', async (port) => {
      asked.push(port);
      throw new Error('no memory');
    });
    await expect(failing).rejects.toThrow('no memory');
    expect(asked).toHaveLength(1);
  });
});
