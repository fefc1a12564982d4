import Module from 'node:module';
import { HostStartError } from '../../lib/errors.ts';
import type { LogLevel } from '../log.ts';
import {
  HOOK_NAMES,
  type HookCallback,
  type LogCategory,
  type ProgrammingModel,
  type Registry,
} from './programming-model.ts';
import type { FunctionCallback, FunctionMetadata } from './rpc.ts';

/** The releases of the real Node worker and host that this one was held against (docs/azure-fidelity.md); the app may read both. */
const WORKER_VERSION = '3.9.1';
export const HOST_VERSION = '4.1037.0';

export type CoreLog = (level: LogLevel, category: LogCategory, message: string) => void;

let provided = false;

/**
 * Makes `require('@azure/functions-core')` answer with the host's own module, the way the real worker does it: the name exists
 * in no package, and `@azure/functions` asks for it with a plain require even when the app is made of ES modules.
 *
 * Works once per process: `@azure/functions` keeps the first answer for ever. Throws a HostStartError the second time.
 */
export function provideCoreModule(registry: Registry, log: CoreLog): void {
  if (provided) {
    throw new HostStartError(
      'A process can hold one functions host only: start the next one as a child process.',
    );
  }
  provided = true;
  const core = coreModule(registry, log);
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, self, args: [string]) =>
      args[0] === '@azure/functions-core' ? core : Reflect.apply(target, self, args),
  });
}

/** An error that the library takes for the host's own, not for a mistake of the app. */
function systemError<E extends Error>(error: E): E {
  return Object.assign(error, { isAzureFunctionsSystemError: true });
}

class Disposable {
  #onDispose: (() => unknown) | undefined;
  constructor(onDispose: () => unknown) {
    this.#onDispose = onDispose;
  }
  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) {
        part.dispose();
      }
    });
  }
  dispose(): unknown {
    const onDispose = this.#onDispose;
    this.#onDispose = undefined;
    return onDispose?.();
  }
}

function coreModule(registry: Registry, log: CoreLog) {
  return {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    log,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      registerFunction(registry, metadata, callback),
    registerHook: (name: string, callback: HookCallback) => registerHook(registry, name, callback),
    setProgrammingModel(model: ProgrammingModel) {
      registry.model = model;
    },
    getProgrammingModel: () => registry.model,
  };
}

function registerFunction(
  registry: Registry,
  metadata: FunctionMetadata,
  callback: FunctionCallback,
): Disposable {
  if (registry.locked) {
    throw systemError(new Error('A function can only be registered during app startup.'));
  }
  const functionId = metadata.functionId ?? metadata.name;
  if (registry.functions.has(functionId)) {
    throw systemError(new Error(`A function with id "${functionId}" has already been registered.`));
  }
  registry.functions.set(functionId, { metadata: { ...metadata, functionId }, callback });
  return new Disposable(() => {
    if (registry.locked) {
      throw systemError(new Error('A function can only be disposed during app startup.'));
    }
    registry.functions.delete(functionId);
  });
}

function registerHook(registry: Registry, name: string, callback: HookCallback): Disposable {
  const known = HOOK_NAMES.find((hook) => hook === name);
  // `app.hook.log()` looks for exactly this: a RangeError of the host means that it is too old for the hook.
  if (!known) {
    throw systemError(new RangeError(`Unrecognized hook "${name}"`));
  }
  const callbacks = registry.hooks[known];
  callbacks.push(callback);
  return new Disposable(() => callbacks.splice(callbacks.indexOf(callback), 1));
}
