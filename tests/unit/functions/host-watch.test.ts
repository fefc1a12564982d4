import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { watchHost } from '../../../functions/lib/host-watch.ts';

const everyMs = 20;
const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
  }
});

interface Host {
  readonly port: number;
  /** How often it was looked at. */
  readonly looks: () => number;
  stop(): Promise<void>;
}

async function startHost(): Promise<Host> {
  let looks = 0;
  const server = createServer((socket) => {
    looks += 1;
    socket.on('error', () => {}).resume();
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.close();
    await once(server, 'close');
  };
  return { port, looks: () => looks, stop };
}

/** Has followed a host that stopped, as long as that takes to be noticed. */
async function aHostWasMissed(): Promise<void> {
  const host = await startHost();
  const stopping = vi.fn();
  watchHost(host.port, stopping, everyMs).opened();
  await expect.poll(host.looks).toBeGreaterThan(0);
  await host.stop();
  await expect.poll(() => stopping.mock.calls.length).toBe(1);
}

it('a host that stops listening while a call is open is noticed, once', async () => {
  const host = await startHost();
  const stopping = vi.fn();
  const watch = watchHost(host.port, stopping, everyMs);
  watch.opened();
  await expect.poll(host.looks).toBeGreaterThan(2);
  expect(stopping).not.toHaveBeenCalled();
  await host.stop();
  await expect.poll(() => stopping.mock.calls.length).toBe(1);
  watch.opened();
  await aHostWasMissed();
  expect(stopping).toHaveBeenCalledTimes(1);
});

it('nothing is concluded where the host was never found', async () => {
  const host = await startHost();
  await host.stop();
  const stopping = vi.fn();
  watchHost(host.port, stopping, everyMs).opened();
  await aHostWasMissed();
  expect(stopping).not.toHaveBeenCalled();
});

it('nobody looks when no call is open', async () => {
  const host = await startHost();
  const stopping = vi.fn();
  const watch = watchHost(host.port, stopping, everyMs);
  const [first, second] = [watch.opened(), watch.opened()];
  await expect.poll(host.looks).toBeGreaterThan(0);
  first();
  second();
  await host.stop();
  await aHostWasMissed();
  expect(stopping).not.toHaveBeenCalled();
});
