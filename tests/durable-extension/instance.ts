import {
  type DurableApp,
  durableApp,
  FIXTURE,
  freshHub,
  type HostSettings,
} from '../integration/durable/durable-host.ts';
import { testDataStorage } from '../support/azurite.ts';
import { startHostProcess } from '../support/host-process.ts';

export interface InstanceSettings extends HostSettings {
  /** The app's folder; the fixture by default. */
  readonly dir?: string;
  /** The app's name in Azure, which its instances share; the hub's by default. */
  readonly site?: string;
}

/** An instance of an app on one of the engines, which can be killed. */
export interface Instance extends DurableApp {
  readonly url: string;
  /** Kills the process of the engine, and starts another one in its place. */
  crashEngine(): Promise<void>;
  /** Kills the process of the functions, and starts another one in its place; on the local engine it is the same process. */
  crashFunctions(): Promise<void>;
  stop(): Promise<unknown>;
}

export async function startLocalInstance(settings: InstanceSettings = {}): Promise<Instance> {
  const { hub = freshHub(), dir = FIXTURE, args = [], env = {}, statusTimeoutMs } = settings;
  const start = (port: number) =>
    startHostProcess(dir, {
      args: [...args, '--port', String(port)],
      env: {
        AzureWebJobsStorage: testDataStorage(),
        AzureFunctionsJobHost__extensions__durableTask__hubName: hub,
        ...env,
      },
    });
  let host = await start(0);
  const crash = async () => {
    const { port } = host;
    await host.kill9();
    host = await start(port);
  };
  return {
    ...durableApp({ url: host.url, output: () => host.output() }, statusTimeoutMs),
    url: host.url,
    crashEngine: crash,
    crashFunctions: crash,
    stop: () => host.kill9(),
  };
}
