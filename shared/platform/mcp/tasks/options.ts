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
  /** Tools whose calls answer at once, unless they have to wait for somebody: then they are tasks as well. */
  readonly waiting?: readonly AnyTool[];
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
  /** The tool of that name whose calls may be tasks. */
  readonly behind: (name: unknown) => Pick<OfferedTool, 'offer'> | undefined;
  /** The tasks as callers see them. */
  readonly tasks: TaskSource;
}

/** @throws Error when a tool that runs as tasks is not offered */
export function setUpTasks(options: TasksOptions): TasksSetup {
  const { clock = defaultStreamClock, source, tools, waiting = [], offers, endpoint } = options;
  const offerOf = ({ name }: AnyTool): Offer => {
    const offer = offers.find(({ thing }) => thing.name === name);
    if (offer === undefined) {
      throw new Error(`${name} runs as tasks, but is not offered.`);
    }
    return offer;
  };
  const byName = new Map<unknown, OfferedTool>(
    tools.flatMap((tool) => {
      const offered = { ...tool, offer: offerOf(tool.definition) };
      return namesOf(tool.definition).map((name) => [name, offered] as const);
    }),
  );
  const find = (name: unknown) => byName.get(name);
  const mayWait = new Map<unknown, Pick<OfferedTool, 'offer'>>(
    waiting.flatMap((tool) => namesOf(tool).map((name) => [name, { offer: offerOf(tool) }] as const)),
  );
  const behind = (name: unknown) => find(name) ?? mayWait.get(name);
  return { ...options, clock, find, behind, tasks: visibleTasks(source, behind, endpoint) };
}
