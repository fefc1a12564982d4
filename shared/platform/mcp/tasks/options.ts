import type { Implementation } from '@modelcontextprotocol/server';
import type { EndpointName, Offer } from '../../access/offer.ts';
import type { Logger } from '../../telemetry/log.ts';
import { type AnyTool, namesOf } from '../definitions/tool.ts';
import { defaultStreamClock, type StreamClock } from './clock.ts';
import type { LongTool, OfferedTool, TaskDialogue, TaskSource } from './ports.ts';
import { visibleTasks } from './visible-tasks.ts';

export interface TasksOptions {
  /** The server as it names itself to clients. */
  readonly info: Implementation;
  /** The tools that run as tasks. They are also among the tools of the surface. */
  readonly tools: readonly LongTool[];
  /** What the surface offers: those tools, among others. */
  readonly offers: readonly Offer<AnyTool>[];
  /** Of the surface. */
  readonly endpoint: EndpointName;
  readonly source: TaskSource;
  /** Left out where nobody is asked through tasks. */
  readonly dialogue?: TaskDialogue;
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
  readonly find: (name: unknown) => OfferedTool | undefined;
  /** The tasks as callers see them. */
  readonly tasks: TaskSource;
}

/** @throws Error when a tool that runs as tasks is not offered */
export function setUpTasks(options: TasksOptions): TasksSetup {
  const { clock = defaultStreamClock, source, tools, offers, endpoint } = options;
  const offerOf = ({ definition }: LongTool): Offer => {
    const offer = offers.find(({ thing }) => thing.name === definition.name);
    if (offer === undefined) {
      throw new Error(`${definition.name} runs as tasks, but is not offered.`);
    }
    return offer;
  };
  const byName = new Map<unknown, OfferedTool>(
    tools.flatMap((tool) => {
      const offered = { ...tool, offer: offerOf(tool) };
      return namesOf(tool.definition).map((name) => [name, offered] as const);
    }),
  );
  const find = (name: unknown) => byName.get(name);
  return { ...options, clock, find, tasks: visibleTasks(source, find, endpoint) };
}
