import { once } from 'node:events';
import http from 'node:http';
import type { ExtensionContext } from '#emulators/host/extension';
import { readBody } from '#emulators/host/http/body';
import { readHostJson } from '#emulators/host/settings/host-json';
import { triggerOf } from '#emulators/host/worker/rpc';
import { messageOf, stackOf } from '#emulators/lib/errors';

export const DURABLE_TRIGGERS = ['orchestrationtrigger', 'activitytrigger'];
/** The largest body between the two processes, and from clients, in bytes. */
export const LARGEST = 64 * 1024 * 1024;

export interface BridgeOptions {
  /** The app's folder. */
  readonly dir: string;
  /** Where the extension's process reaches the functions, on loopback. */
  readonly port: number;
}

/** What the extension's process asks of the functions' one. */
export interface Bridge {
  /** Resolves when the extension has said what clients get. */
  readonly announced: Promise<void>;
  /** What it said last, JSON: an extension that was started again listens elsewhere. */
  client(): string | undefined;
  /** The process that said it. */
  process(): string | undefined;
  stop(): void;
}

export async function startBridge(context: ExtensionContext, options: BridgeOptions): Promise<Bridge> {
  let client: string | undefined;
  let process: string | undefined;
  let announce = () => {};
  const announced = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const answer = async (what: string, name: string, body: string): Promise<unknown> => {
    switch (what) {
      case 'app':
        return describe(context, options.dir);
      case 'client':
        [client, process] = [body, name];
        announce();
        return {};
      default:
        return { returnValue: await invoke(context, name, body) };
    }
  };
  const server = http.createServer(async (request, response) => {
    const [, what = '', name = ''] = (request.url ?? '').split('/');
    try {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answer(what, name, String(await readBody(request, LARGEST)))));
    } catch (error) {
      response.statusCode = 500;
      response.end(JSON.stringify({ message: messageOf(error), stack: stackOf(error) }));
    }
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    announced,
    client: () => client,
    process: () => process,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function describe({ functions, settings, origin }: ExtensionContext, dir: string) {
  return {
    functions: functions
      .map((metadata) => ({ name: metadata.name, kind: triggerOf(metadata)?.type ?? '' }))
      .filter(({ kind }) => DURABLE_TRIGGERS.includes(kind)),
    settings,
    logLevels: readHostJson(dir, process.env).logLevels,
    origin,
  };
}

/** @returns the protocol's TypedData, with bytes in base64 */
async function invoke(context: ExtensionContext, name: string, body: string) {
  const metadata = context.functions.find((one) => one.name === name);
  const trigger = metadata && triggerOf(metadata);
  if (trigger === undefined) {
    throw new Error(`The app has no function ${name}.`);
  }
  const { data } = JSON.parse(body) as { data: { string?: string } };
  const inputData = [{ name: trigger.bindingName, data }];
  const { response } = await context.invoke(name, '(null)', { inputData });
  const value = response.returnValue ?? null;
  const bytes = value?.bytes && { bytes: Buffer.from(value.bytes).toString('base64') };
  return value && { ...value, ...bytes };
}
