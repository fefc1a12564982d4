import { type HookData, type HookLog, runHooks } from './hooks.ts';
import type { CoreInvocationContext, ProgrammingModel, Registry } from './programming-model.ts';
import type { FunctionCallback, InvocationOutcome, InvocationRequest, RegisteredFunction } from './rpc.ts';

/** Runs one function in the order of the real worker. Rejects with what the function, a hook or the library throws. */
export async function invoke(
  registry: Registry,
  data: HookData,
  log: HookLog,
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
