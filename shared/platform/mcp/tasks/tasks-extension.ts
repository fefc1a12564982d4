import type { JsonObject } from '../http/body.ts';
import type { ServerExtension } from '../surface.ts';
import { answerCalls } from './calls.ts';
import { declaresTasks, field } from './capability.ts';
import { byCursor, byId, knowsTasks, listTaskSupport, serveLegacyTasks } from './legacy.ts';
import { listenToTasks } from './listen.ts';
import { serveTasks } from './modern.ts';
import { setUpTasks, type TasksOptions, type TasksSetup } from './options.ts';

/**
 * Three views of long work: a plain call is followed on its own stream; clients of 2026-07-28 that take tasks get the
 * Tasks extension (SEP-2663); clients of 2025-11-25 that ask for one get the tasks of that revision.
 */
export function tasksExtension(options: TasksOptions): ServerExtension {
  const setup = setUpTasks(options);
  return {
    extend: (server, served) => {
      answerCalls(server, served, setup);
      if (served.era === 'modern') {
        serveTasks(server, setup);
      } else if (knowsTasks(served)) {
        serveLegacyTasks(server, served, setup);
        listTaskSupport(server, served, setup);
      }
    },
    params: {
      'tasks/get': byId,
      'tasks/cancel': byId,
      'tasks/result': byId,
      'tasks/update': byId,
      'tasks/list': byCursor,
    },
    intercept: listenToTasks(setup),
    streams: (body) => isFollowed(body, setup),
  };
}

/** A call that is followed shows that it is alive from the start; one that answers a handle or an error does not need to. */
function isFollowed({ method, params }: JsonObject, { find }: TasksSetup): boolean {
  if (method !== 'tools/call' || declaresTasks(field(params, '_meta'))) {
    return false;
  }
  return find(field(params, 'name')) !== undefined;
}
