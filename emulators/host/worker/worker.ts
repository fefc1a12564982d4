import { HostStartError } from '../../lib/errors.ts';
import { provideCoreModule } from './core-api.ts';
import { loadEntryPoints } from './entry-points.ts';
import { type HookData, hookedLog, runHooks, type WorkerLogEntry } from './hooks.ts';
import { invoke } from './invoke.ts';
import { createRegistry } from './programming-model.ts';
import type { InvocationOutcome, InvocationRequest, RegisteredFunction } from './rpc.ts';

/** The loaded app: its functions, and the way to run them. */
export interface Worker {
  readonly functions: readonly RegisteredFunction[];
  /** What the app's programming model can do. `HttpUri` is set when it streams HTTP. */
  readonly capabilities: Readonly<Record<string, string>>;
  /** Runs one function in the order of the real worker. Rejects with what the function, a hook or the library throws. */
  invoke(functionName: string, request: InvocationRequest): Promise<InvocationOutcome>;
  /** Runs the app's appTerminate hooks. */
  terminate(): Promise<void>;
}

/** What the real Node worker declares by itself; the library adds to it. */
const WORKER_CAPABILITIES = {
  RawHttpBodyBytes: 'true',
  RpcHttpTriggerMetadataRemoved: 'true',
  RpcHttpBodyOnly: 'true',
  IgnoreEmptyValuedRpcHttpHeaders: 'true',
  UseNullableValueDictionaryForHttp: 'true',
  WorkerStatus: 'true',
  TypedDataCollection: 'true',
  HandlesWorkerTerminateMessage: 'true',
};

export interface WorkerOptions {
  readonly dir: string;
  /** Goes on with an app that has set an exit code while it was loaded, as the real host does. */
  readonly strict: boolean;
  readonly onLog: (entry: WorkerLogEntry) => void;
}

/**
 * Loads the app in `dir` in the order of the real worker: entry points, appStart hooks, capabilities, lock.
 * Throws a HostStartError when the app cannot be loaded, or says that it cannot work.
 */
export async function startWorker({ dir, strict, onLog }: WorkerOptions): Promise<Worker> {
  const registry = createRegistry();
  const data: HookData = { app: {}, appOnly: {} };
  const log = hookedLog(registry, data, onLog);
  provideCoreModule(registry, (level, category, message) => log(level, category, message));
  await loadEntryPoints(dir);
  if (process.exitCode && !strict) {
    throw new HostStartError(
      'The app cannot work like this: mend what it says above. In Azure, and with --strict here, it answers 503.',
    );
  }
  await runHooks(registry, 'appStart', {
    hookData: data.appOnly,
    appHookData: data.app,
    functionAppDirectory: dir,
  });
  const capabilities = (await registry.model?.getCapabilities?.({ ...WORKER_CAPABILITIES })) ?? {};
  registry.locked = true;
  return {
    functions: [...registry.functions.values()],
    capabilities,
    invoke: (functionName, request) => invoke(registry, data, log, functionName, request),
    terminate: () => runHooks(registry, 'appTerminate', { hookData: data.appOnly, appHookData: data.app }),
  };
}
