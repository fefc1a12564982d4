import { expect, inject } from 'vitest';
import { freePort } from '#emulators/stack/free-port';
import { durableApp, FIXTURE, freshHub } from '../integration/durable/durable-host.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { PROCESS_PATH } from './bridge/extension.ts';
import { type ExtensionProcess, startExtension } from './extension-process.ts';
import type { Instance, InstanceSettings } from './instance.ts';

/** How long a status may take here, in milliseconds: a step of an instance that died is repeated after more than a minute. */
const STATUS_TIMEOUT_MS = 240_000;
/** How long between two looks at it, in milliseconds: each is work for both processes, and for Azurite. */
const INTERVAL_MS = 100;

/** An app on the Durable extension of Azure: one process with the functions, one with the extension. */
export interface RealHost extends Instance, Pick<HostProcess, 'url' | 'port' | 'output'> {
  /** The extension's process; another one after a crash. */
  extension(): ExtensionProcess;
}

/** @throws Error with the extension's output when it ends instead of starting */
export async function startRealHost(settings: InstanceSettings = {}): Promise<RealHost> {
  const {
    hub = freshHub(),
    dir = FIXTURE,
    args = [],
    env = {},
    statusTimeoutMs = STATUS_TIMEOUT_MS,
  } = settings;
  const { site = hub } = settings;
  const bridgePort = await freePort(0);
  let extension = startExtension(bridgePort, site);
  const functions = async (port: number) => {
    const given = {
      AzureWebJobsStorage: inject('extensionStorage'),
      AzureFunctionsJobHost__extensions__durableTask__hubName: hub,
      DURABLE_BRIDGE_PORT: String(bridgePort),
      ...env,
    };
    const start = new AbortController();
    const running = extension;
    const failed = running.ended.then((): never => {
      start.abort();
      throw new Error(`The Durable extension ended:\n${running.lines.join('\n')}`);
    });
    failed.catch(() => {});
    const started = startHostProcess(dir, {
      entry: 'tests/durable-extension/bridge/cli.ts',
      args: [...args, '--port', String(port)],
      env: given,
      signal: start.signal,
    });
    return await Promise.race([started, failed]);
  };
  let host = await functions(0).catch(async (error: unknown) => {
    await extension.kill9();
    throw error;
  });
  const app = durableApp(host, statusTimeoutMs, INTERVAL_MS);
  return {
    ...app,
    url: host.url,
    port: host.port,
    output: () => host.output(),
    extension: () => extension,
    async crashEngine() {
      await extension.kill9();
      extension = startExtension(bridgePort, site);
      // until then clients go where the former one listened
      const told = async () => await (await app.webhook(PROCESS_PATH)).text();
      await expect.poll(told, { timeout: STATUS_TIMEOUT_MS }).toBe(String(extension.pid));
    },
    async crashFunctions() {
      const { port } = host;
      await host.kill9();
      host = await functions(port);
    },
    async stop() {
      await Promise.all([extension.kill9(), host.kill9()]);
    },
  };
}
