import type { Implementation } from '@modelcontextprotocol/server';
import type { Logger } from '../../telemetry/log.ts';
import { defaultStreamClock, type StreamClock } from './clock.ts';
import type { LongTool, TaskSource } from './ports.ts';
import { visibleTasks } from './visible-tasks.ts';

export interface TasksOptions {
  /** The server as it names itself to clients. */
  readonly info: Implementation;
  /** The tools that run as tasks. They are also among the tools of the surface. */
  readonly tools: readonly LongTool[];
  readonly source: TaskSource;
  /** How long streams stay open; {@link defaultStreamClock} fits Azure Functions. */
  readonly clock?: StreamClock;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Aborts when this process is about to end: calls that are followed end with a word on how to go on. */
  readonly stopping?: AbortSignal;
}

/** The options with what is derived from them once. */
export interface TasksSetup extends TasksOptions {
  readonly clock: StreamClock;
  /** The long tool of that name. */
  readonly find: (name: unknown) => LongTool | undefined;
  /** The tasks as callers see them. */
  readonly tasks: TaskSource;
}

export function setUpTasks(options: TasksOptions): TasksSetup {
  const { clock = defaultStreamClock, source, tools } = options;
  const byName = new Map<unknown, LongTool>(tools.map((tool) => [tool.definition.name, tool]));
  const find = (name: unknown) => byName.get(name);
  return { ...options, clock, find, tasks: visibleTasks(source, find) };
}
