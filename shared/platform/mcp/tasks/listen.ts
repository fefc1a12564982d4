import {
  createMcpHandler,
  McpServer,
  ProtocolErrorCode,
  SERVER_INFO_META_KEY,
  SUBSCRIPTION_ID_META_KEY,
} from '@modelcontextprotocol/server';
import { correlationOf } from '../../http/correlation.ts';
import type { Principal } from '../../identity/principal.ts';
import { declaresCards } from '../client-extensions.ts';
import type { JsonObject } from '../http/body.ts';
import { authInfoOf } from '../principal.ts';
import { briefly } from '../server-identity.ts';
import type { ServerExtension } from '../surface.ts';
import type { FailureForm } from '../tool-answer.ts';
import { declaresTasks, field, tasksRequired } from './capability.ts';
import { eventStream } from './event-stream.ts';
import { asSeen, detailedTask } from './modern-wire.ts';
import type { TasksSetup } from './options.ts';
import { isFinal } from './ports.ts';

/** Tasks that one subscription may follow; ids beyond are not honoured, and the acknowledgement says so. */
const mostTasks = 50;

/**
 * `subscriptions/listen` with `notifications.taskIds` (SEP-2663, "Task Status Notifications"). The SDK's own listen
 * does not know tasks; it is asked first all the same, because it checks the message and its headers. Whatever else the
 * subscription asks for is not honoured, as the acknowledgement says.
 */
export function listenToTasks(setup: TasksSetup): NonNullable<ServerExtension['intercept']> {
  const protocol = createMcpHandler(() => new McpServer(setup.info, { capabilities: {} }), {
    legacy: 'reject',
  });
  return async (request, body, principal) => {
    if (body.method !== 'subscriptions/listen') {
      return undefined;
    }
    const ids = field(field(body.params, 'notifications'), 'taskIds');
    if (ids === undefined) {
      return undefined;
    }
    const checked = await protocol.fetch(request, { authInfo: authInfoOf(principal), parsedBody: body });
    if (checked.headers.get('content-type') !== 'text/event-stream') {
      return undefined;
    }
    await checked.body?.cancel();
    return answer(request, body, ids, principal, setup);
  };
}

async function answer(
  request: Request,
  body: JsonObject,
  ids: unknown,
  principal: Principal,
  setup: TasksSetup,
): Promise<Response> {
  if (!declaresTasks(field(body.params, '_meta'))) {
    const { code, message, data } = tasksRequired();
    return errorResponse(400, body, { code, message, data });
  }
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    const message =
      'Invalid params of subscriptions/listen: notifications.taskIds must be a list of texts. Correct it and send the message again.';
    return errorResponse(200, body, { code: ProtocolErrorCode.InvalidParams, message });
  }
  const asked = [...new Set(ids)].slice(0, mostTasks);
  const known = await Promise.all(asked.map((id: string) => setup.tasks.get(id, principal)));
  const honored = known.flatMap((task) => (task === undefined ? [] : [task.id]));
  return taskStream(request, body, honored, principal, setup);
}

/** Acknowledges, sends each state of each task, and ends when all are finished or the clock says so. */
function taskStream(
  request: Request,
  body: JsonObject,
  ids: readonly string[],
  principal: Principal,
  setup: TasksSetup,
): Response {
  const { clock, info, logger, tasks } = setup;
  const subscription = body.id;
  const form = formFor(body);
  const about = { [SUBSCRIPTION_ID_META_KEY]: subscription };
  const notification = (method: string, params: object) => ({
    jsonrpc: '2.0',
    method,
    params: { ...params, _meta: about },
  });
  return eventStream({
    signal: request.signal,
    clock,
    first: notification('notifications/subscriptions/acknowledged', { notifications: { taskIds: ids } }),
    last: {
      jsonrpc: '2.0',
      id: subscription,
      result: { resultType: 'complete', _meta: { ...about, [SERVER_INFO_META_KEY]: briefly(info) } },
    },
    sources: ids.map((id) => async (send, signal) => {
      for await (const task of tasks.watch(id, principal, signal)) {
        const seen = await asSeen(task, principal, setup);
        send(notification('notifications/tasks', detailedTask(seen, form)));
        if (isFinal(task)) {
          return;
        }
      }
    }),
    onError: (error) =>
      logger.log('warn', 'lost sight of a task', {
        correlationId: correlationOf(request),
        error: error instanceof Error ? error.name : typeof error,
      }),
  });
}

/** As the surface is shown to the client that asks. */
function formFor(body: JsonObject): FailureForm {
  return declaresCards(body) ? { tellsCodes: true } : {};
}

function errorResponse(status: number, { id }: JsonObject, error: object): Response {
  return Response.json({ jsonrpc: '2.0', id, error }, { status });
}
