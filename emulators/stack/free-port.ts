import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { listenError } from '../lib/port-taken.ts';

/**
 * Checks that a port on loopback is free, before anything else is started.
 * @param wanted 0 finds one
 * @throws HostStartError with one sentence when somebody has it
 */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, '127.0.0.1', wanted);
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether nobody listens on a port on loopback; always so for 0, which stands for any. */
export async function isPortFree(port: number): Promise<boolean> {
  return await freePort(port).then(
    () => true,
    () => false,
  );
}
