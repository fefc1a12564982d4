import path from 'node:path';
import { listenError } from '../lib/port-taken.ts';
import { type RunningApp, startApp } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import type { HostExtension } from './extension.ts';
import { createKeys, type Keys } from './http/keys.ts';
import { type HostServer, listen } from './http/server.ts';
import { createSite } from './http/site.ts';
import { createLog, type HostLog } from './log.ts';
import { applyEnvironment } from './settings/environment.ts';
import { type HostSettings, loadSettings } from './settings/settings.ts';
import { triggerOf } from './worker/rpc.ts';

export interface HostOptions {
  /** The app's folder: host.json, package.json and the build that its `main` names. */
  readonly dir: string;
  /** 0 picks a free one. Default: `Host.LocalHttpPort` of local.settings.json, or 7071. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1. */
  readonly address?: string | undefined;
  /** Comma-separated origins, or `*`; wins over `Host.CORS` of local.settings.json. */
  readonly cors?: string | undefined;
  /** Check keys, as Azure does. Default: everything is open. */
  readonly enableAuth?: boolean | undefined;
  /** The function key and the master key; made up when left out. */
  readonly key?: string | undefined;
  readonly masterKey?: string | undefined;
  /** Behave as the cloud where it hangs or garbles, instead of failing fast with an explanation. */
  readonly strict?: boolean | undefined;
  /** How long a streamed call may be silent, in milliseconds. Default 240,000, as in the cloud. */
  readonly inactivityLimit?: number | undefined;
  /**
   * How long open calls may go on when the host stops, in milliseconds, before they are cut and the app is told. Default:
   * the app is told first, so that nobody waits; 30,000 with `strict`, as in the cloud.
   */
  readonly drain?: number | undefined;
  readonly extensions?: readonly HostExtension[] | undefined;
  readonly clock?: Clock | undefined;
  /** Takes the log, one entry at a time. Default: standard output. */
  readonly sink?: ((line: string) => void) | undefined;
  readonly colour?: boolean | undefined;
}

/** A function as the host serves it. */
export interface ServedFunction {
  readonly name: string;
  /** The trigger's type, for example `httpTrigger`. */
  readonly trigger: string;
  /** HTTP only; empty for others. */
  readonly methods: readonly string[];
  /** The address with the route's placeholders; undefined when the trigger is not HTTP. */
  readonly url: string | undefined;
  readonly disabled: boolean;
}

export interface RunningHost {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly functions: readonly ServedFunction[];
  /** Undefined when keys are not checked. */
  readonly keys: Keys | undefined;
  readonly log: HostLog;
  /** Stops listening, runs the app's appTerminate hooks, ends or cuts open calls. Takes at most about six seconds, and `drain`. */
  stop(): Promise<void>;
}

const DEFAULT_PORT = 7071;
/** How long calls that are nearly answered may take at the end, in milliseconds. The real host waits longer; here somebody waits for the end. */
const DRAIN = 250;
/** How long all open calls may take when the real host ends, in milliseconds (seen with 4.1037). */
const STRICT_DRAIN = 30_000;
/** How long the appTerminate hooks may take, in milliseconds; the real host gives them as much. */
const GRACE = 5000;
/** How long the app may take from then on to end its open calls, in milliseconds, before they are cut. */
const LAST_WORDS = 1500;
/** How long what the app has ended by then may take to reach its clients, in milliseconds. */
const LAST_BYTES = 500;

/**
 * Starts the host and resolves when it serves. A process can hold one host only, because `@azure/functions` keeps what it was given.
 * Rejects with a HostStartError whose message says what to do.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const dir = path.resolve(options.dir);
  const address = options.address ?? '127.0.0.1';
  const settings = loadSettings(dir);
  try {
    const port = options.port ?? settings.local.port ?? DEFAULT_PORT;
    const server = await listen(port, address).catch((error: unknown) => {
      throw listenError(error, address, port);
    });
    return await startOn(server, settings, { ...options, dir, address });
  } catch (error) {
    settings.restore();
    throw error;
  }
}

async function startOn(
  server: HostServer,
  settings: HostSettings,
  options: HostOptions & { readonly address: string },
): Promise<RunningHost> {
  const leave = enterApp(options.dir, server.port);
  try {
    const { hostJson } = settings;
    const clock = options.clock ?? systemClock;
    const log = createLog({
      levels: hostJson.logLevels,
      sink: options.sink ?? ((line) => process.stdout.write(`${line}\n`)),
      colour: options.colour ?? false,
      clock,
    });
    for (const notice of settings.notices) {
      log.write('warning', 'Host.Startup', notice);
    }
    const keys = options.enableAuth
      ? createKeys({ function: options.key, master: options.masterKey })
      : undefined;
    const url = originOf(options.address, server.port);
    const extensions = options.extensions ?? [];
    const { dir, strict = false } = options;
    const app = await startApp({ dir, strict, origin: url, hostJson, extensions, keys, clock, log });
    server.open(createSite(app, settings, { ...options, extensions, keys, log }));
    return {
      url,
      port: server.port,
      functions: servedFunctions(app, url),
      keys,
      log,
      stop: once(async () => {
        await end(server, app, options.drain ?? (strict ? STRICT_DRAIN : undefined));
        leave();
        settings.restore();
      }),
    };
  } catch (error) {
    server.close();
    leave();
    throw error;
  }
}

/** @param drain milliseconds for which open calls go on before the app is told; undefined tells it first */
async function end(server: HostServer, app: RunningApp, drain: number | undefined): Promise<void> {
  if (drain !== undefined) {
    await server.drain(drain, true);
    server.reset();
    await app.stop(GRACE);
    return;
  }
  await server.drain(DRAIN);
  // Before open calls are cut, which the real host waits for half a minute to do: the app can end its own.
  const stopped = app.stop(GRACE);
  await Promise.race([stopped, server.idle(LAST_WORDS)]);
  await server.finish(LAST_BYTES);
  await stopped;
}

/** The app runs in its own folder and knows its address before it is loaded. Returns what undoes both. */
function enterApp(dir: string, port: number): () => void {
  const before = process.cwd();
  const { restore } = applyEnvironment({ WEBSITE_HOSTNAME: `localhost:${port}` });
  process.chdir(dir);
  return () => {
    process.chdir(before);
    restore();
  };
}

function originOf(address: string, port: number): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function servedFunctions({ index }: RunningApp, url: string): ServedFunction[] {
  const served = (disabled: boolean) => (metadata: (typeof index.enabled)[number]) => {
    const route = index.http.find(({ functionName }) => functionName === metadata.name);
    return {
      name: metadata.name,
      trigger: triggerOf(metadata)?.binding.type ?? '',
      methods: route?.methods ?? [],
      url: route && `${url}/${route.template}`,
      disabled,
    };
  };
  return [...index.enabled.map(served(false)), ...index.disabled.map(served(true))];
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task();
    return running;
  };
}
