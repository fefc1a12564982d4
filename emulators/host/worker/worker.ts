import type { LogLevel } from '../log.ts';
import {
  type CoreInvocationContext,
  createRegistry,
  type HookName,
  type LogCategory,
  type ProgrammingModel,
  provideCoreModule,
  type Registry,
} from './core-api.ts';
import { loadEntryPoints } from './entry-points.ts';
import type { FunctionCallback, InvocationOutcome, InvocationRequest, RegisteredFunction } from './rpc.ts';

/** A log entry of the app or of its library, after the app's own log hooks have seen it. */
export interface WorkerLogEntry {
  readonly level: LogLevel;
  readonly category: LogCategory;
  readonly message: string;
  /** The function that was running; undefined for entries of the app as a whole. */
  readonly functionName: string | undefined;
}

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

/** Data that the app's hooks share with each other; the library hands it through. */
interface HookData {
  readonly app: Record<string, unknown>;
  readonly appOnly: Record<string, unknown>;
}

/**
 * Loads the app in `dir` in the order of the real worker: entry points, appStart hooks, capabilities, lock.
 * Throws a HostStartError when the app cannot be loaded.
 */
export async function startWorker(dir: string, onLog: (entry: WorkerLogEntry) => void): Promise<Worker> {
  const registry = createRegistry();
  const data: HookData = { app: {}, appOnly: {} };
  const log = hookedLog(registry, data, onLog);
  provideCoreModule(registry, (level, category, message) => log(level, category, message));
  await loadEntryPoints(dir);
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

type Log = (
  level: LogLevel,
  category: LogCategory,
  message: string,
  running?: { readonly name: string; readonly context: unknown },
) => void;

/** The app's log hooks may change the level and the text of every entry before it is written. */
function hookedLog(registry: Registry, data: HookData, onLog: (entry: WorkerLogEntry) => void): Log {
  return (level, category, message, running) => {
    const entry = {
      level,
      category,
      message,
      invocationContext: running?.context,
      hookData: {},
      appHookData: data.app,
    };
    for (const hook of registry.hooks.log) {
      void hook(entry);
    }
    onLog({ level: entry.level, category, message: entry.message, functionName: running?.name });
  };
}

async function runHooks(registry: Registry, name: HookName, context: Record<string, unknown>): Promise<void> {
  for (const hook of registry.hooks[name]) {
    await hook(context);
  }
}

async function invoke(
  registry: Registry,
  data: HookData,
  log: Log,
  functionName: string,
  request: InvocationRequest,
): Promise<InvocationOutcome> {
  const { registered, model } = lookUp(registry, functionName);
  let userContext: unknown;
  const core: CoreInvocationContext = {
    invocationId: request.invocationId,
    request,
    metadata: registered.metadata,
    state: undefined,
    log: (level, category, message) =>
      log(level, category, message, { name: functionName, context: userContext }),
  };
  const invocation = model.getInvocationModel(core);
  const { context, inputs } = await invocation.getArguments();
  userContext = context;

  const hookData = {};
  const common = { hookData, appHookData: data.app, invocationContext: context };
  // Hooks may replace the inputs and the callback, so both are read back from the hook's context.
  const before: Record<string, unknown> & { inputs: unknown[]; functionCallback: FunctionCallback } = {
    ...common,
    inputs,
    functionCallback: registered.callback,
  };
  core.state = 'preInvocationHooks';
  await runHooks(registry, 'preInvocation', before);

  const after: Record<string, unknown> = { ...common, inputs: before.inputs, result: null, error: null };
  core.state = 'invocation';
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  core.state = 'postInvocationHooks';
  await runHooks(registry, 'postInvocation', after);
  core.state = undefined;

  if (after.error !== null && after.error !== undefined) {
    throw after.error;
  }
  return { result: after.result, response: await invocation.getResponse(context, after.result) };
}

function lookUp(
  registry: Registry,
  functionName: string,
): { registered: RegisteredFunction; model: ProgrammingModel } {
  const registered = registry.functions.get(functionName);
  if (!registered || !registry.model) {
    throw new Error(`The app has no function "${functionName}".`);
  }
  return { registered, model: registry.model };
}
