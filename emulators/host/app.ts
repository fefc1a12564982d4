import { stackOf } from '../lib/errors.ts';
import type { Clock } from './clock.ts';
import type { HostExtension } from './extension.ts';
import { type FunctionIndex, indexFunctions } from './functions.ts';
import type { Keys } from './http/keys.ts';
import { createInvocations, type Invocations } from './invocations.ts';
import type { HostLog } from './log.ts';
import { resolveSettings } from './settings/environment.ts';
import type { HostJson } from './settings/host-json.ts';
import { objectAt } from './settings/json-file.ts';
import { startTimers, type Timers } from './timers/timers.ts';
import type { WorkerLogEntry } from './worker/hooks.ts';
import { startWorker, type Worker } from './worker/worker.ts';

/** The loaded app with everything that drives it, except HTTP. */
export interface RunningApp {
  readonly index: FunctionIndex;
  readonly invocations: Invocations;
  readonly timers: Timers;
  /** Where the app's library takes forwarded requests; undefined when the app does not stream. */
  readonly streamTarget: string | undefined;
  /** Stops timers and extensions, then runs the app's appTerminate hooks for at most `grace` milliseconds. */
  stop(grace: number): Promise<void>;
}

export interface AppOptions {
  readonly dir: string;
  /** As the real host where that leaves a developer without an explanation. */
  readonly strict: boolean;
  /** Where the host listens, for the extensions. */
  readonly origin: string;
  readonly hostJson: HostJson;
  readonly extensions: readonly HostExtension[];
  readonly keys: Keys | undefined;
  readonly clock: Clock;
  readonly log: HostLog;
}

/** Loads the app and starts its timers and extensions. Throws a HostStartError when it cannot be loaded. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { hostJson, extensions, clock, log } = options;
  const { dir, strict } = options;
  const worker = await startWorker({ dir, strict, onLog: (entry) => writeWorkerLog(log, entry) });
  const index = indexFunctions(worker.functions, {
    routePrefix: hostJson.routePrefix,
    hasExtensionBundle: hostJson.extensionBundle !== undefined,
    environment: process.env,
    extensions,
    log,
  });
  announce(worker, index, log);
  const invocations = createInvocations(worker, {
    functionTimeout: hostJson.functionTimeout,
    extraInputs: (functionName) => {
      const metadata = index.enabled.find(({ name }) => name === functionName);
      return metadata ? extensions.flatMap((extension) => extension.inputs(metadata)) : [];
    },
    log,
  });
  for (const extension of extensions) {
    await extension.start(extensionContext(extension, index, invocations, options));
  }
  const timers = startTimers(index.timers, { invocations, clock, log });
  return {
    index,
    invocations,
    timers,
    streamTarget: worker.capabilities.HttpUri,
    async stop(grace) {
      timers.stop();
      for (const extension of extensions) {
        await extension.stop();
      }
      await terminate(worker, grace, log);
    },
  };
}

function extensionContext(
  extension: HostExtension,
  index: FunctionIndex,
  invocations: Invocations,
  { origin, hostJson, keys, log, clock }: AppOptions,
) {
  return {
    origin,
    settings: objectAt(hostJson.extensions, extension.name),
    functions: index.enabled,
    systemKey: keys?.system,
    log,
    clock,
    resolve: (text: string) => resolveSettings(text, process.env),
    invoke: invocations.run,
  };
}

function announce(worker: Worker, index: FunctionIndex, log: HostLog): void {
  if (worker.functions.length === 0) {
    log.write(
      'warning',
      'Host.Startup',
      'No functions found: does the app call app.http(), and does "main" of package.json name the files that do?',
    );
  }
  for (const { template, methods, functionName } of index.http) {
    log.write(
      'information',
      'Host.Startup',
      `Mapped function route '${template}' [${methods.join(',')}] to '${functionName}'`,
    );
  }
}

/** The categories are those of the real host, so that `logging.logLevel` of host.json works the same. */
function writeWorkerLog(log: HostLog, entry: WorkerLogEntry): void {
  const ofFunction =
    entry.functionName === undefined ? 'Host.Function.Console' : `Function.${entry.functionName}.User`;
  log.write(entry.level, entry.category === 'system' ? 'Host.Worker' : ofFunction, entry.message);
}

async function terminate(worker: Worker, grace: number, log: HostLog): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), grace);
  });
  try {
    const outcome = await Promise.race([worker.terminate(), late]);
    if (outcome === 'late') {
      log.write(
        'warning',
        'Host.Shutdown',
        `The appTerminate hooks took longer than ${grace / 1000} s: they are not waited for.`,
      );
    }
  } catch (error) {
    log.write('error', 'Host.Shutdown', `An appTerminate hook failed: ${stackOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
