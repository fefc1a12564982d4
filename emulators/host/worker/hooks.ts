import type { LogLevel } from '../log.ts';
import type { HookName, LogCategory, Registry } from './programming-model.ts';

/** A log entry of the app or of its library, after the app's own log hooks have seen it. */
export interface WorkerLogEntry {
  readonly level: LogLevel;
  readonly category: LogCategory;
  readonly message: string;
  /** The function that was running; undefined for entries of the app as a whole. */
  readonly functionName: string | undefined;
}

/** Data that the app's hooks share with each other; the library hands it through. */
export interface HookData {
  readonly app: Record<string, unknown>;
  readonly appOnly: Record<string, unknown>;
}

export type HookLog = (
  level: LogLevel,
  category: LogCategory,
  message: string,
  running?: { readonly name: string; readonly context: unknown },
) => void;

/** The app's log hooks may change the level and the text of every entry before it is written. */
export function hookedLog(
  registry: Registry,
  data: HookData,
  onLog: (entry: WorkerLogEntry) => void,
): HookLog {
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

export async function runHooks(
  registry: Registry,
  name: HookName,
  context: Record<string, unknown>,
): Promise<void> {
  for (const hook of registry.hooks[name]) {
    await hook(context);
  }
}
