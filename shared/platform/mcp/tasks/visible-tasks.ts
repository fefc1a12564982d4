import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { exposureOf, viewerAt } from '../../access/exposure.ts';
import type { EndpointName } from '../../access/offer.ts';
import type { Principal } from '../../identity/principal.ts';
import type { OfferedTool, TaskSource, TaskState } from './ports.ts';

const idShape = /^[\w-]{1,128}$/;

/** The tasks that callers are shown: whoever may not use a tool any more does not see the tasks of it either. */
export function visibleTasks(
  source: TaskSource,
  toolOf: (name: unknown) => Pick<OfferedTool, 'offer'> | undefined,
  endpoint: EndpointName,
): TaskSource {
  const isVisible = ({ tool }: TaskState, principal: Principal) => {
    const offer = toolOf(tool)?.offer;
    return offer !== undefined && exposureOf(offer, viewerAt(endpoint, principal)) === 'open';
  };
  const get: TaskSource['get'] = async (id, principal) => {
    const state = idShape.test(id) ? await source.get(id, principal) : undefined;
    return state !== undefined && isVisible(state, principal) ? state : undefined;
  };
  return {
    get,
    cancel: async (id, principal) =>
      (await get(id, principal)) === undefined ? undefined : source.cancel(id, principal),
    list: async (principal) => (await source.list(principal)).filter((state) => isVisible(state, principal)),
    async *watch(id, principal, signal, after) {
      for await (const state of source.watch(id, principal, signal, after)) {
        if (isVisible(state, principal)) {
          yield state;
        }
      }
    },
  };
}

/**
 * A task that was looked for.
 * @throws ProtocolError -32602 when the caller has no such task; for all ids that are not the caller's the same, so that
 * nobody learns which ids exist
 */
export function known(task: TaskState | undefined): TaskState {
  if (task === undefined) {
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      'Task not found: it does not exist, has expired, or belongs to somebody else.',
    );
  }
  return task;
}
