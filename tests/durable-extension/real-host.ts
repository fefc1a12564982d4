import { freePort } from '#emulators/stack/free-port';
import {
  type DurableApp,
  durableApp,
  FIXTURE,
  freshHub,
  type HostSettings,
} from '../integration/durable/durable-host.ts';
import { testDataStorage } from '../support/azurite.ts';
import { type HostProcess, startHostProcess } from '../support/host-process.ts';
import { type ExtensionProcess, startExtension } from './extension-process.ts';

/** How long a status may take here, in milliseconds: a step of an instance that died is repeated after more than a minute. */
const STATUS_TIMEOUT_MS = 240_000;

export interface RealSettings extends HostSettings {
  /** The app's folder; the fixture by default. */
  readonly dir?: string;
  /** The app's name in Azure; the hub's by default. */
  readonly site?: string;
}

/** An app on the Durable extension of Azure: one process with the functions, one with the extension. */
export interface RealHost extends DurableApp, Pick<HostProcess, 'url' | 'port' | 'output'> {
  /** The extension's process; another one after `replaceExtension`. */
  extension(): ExtensionProcess;
  /** Kills the extension's process, and starts another one. */
  replaceExtension(): Promise<void>;
  /** Kills the functions' process, and starts another one, with the port where clients expect it. */
  replaceFunctions(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error with the extension's output when it ends instead of starting */
export async function startRealHost(settings: RealSettings = {}): Promise<RealHost> {
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
      AzureWebJobsStorage: testDataStorage(),
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
  return {
    ...durableApp(host, statusTimeoutMs),
    url: host.url,
    port: host.port,
    output: () => host.output(),
    extension: () => extension,
    async replaceExtension() {
      await extension.kill9();
      extension = startExtension(bridgePort, site);
    },
    async replaceFunctions() {
      const { port } = host;
      await host.kill9();
      host = await functions(port);
    },
    async stop() {
      await Promise.all([extension.kill9(), host.kill9()]);
    },
  };
}
