import type { TenantId } from '../../identity/tenant.ts';
import type { ServerExtension } from '../surface.ts';
import { answerCalls } from './calls.ts';
import { listenToTasks } from './listen.ts';
import { serveTasks } from './modern.ts';
import { setUpTasks, type TasksOptions } from './options.ts';

/**
 * The Tasks extension for a surface without long tools, of which some calls wait for somebody for days. It is there for
 * tenants of whom calls may wait, and in the revisions that have the extension: there the server decides what becomes a
 * task, and it is decided only when the call has been looked at. In 2025-11-25 the client says beforehand that it wants a
 * task, of tools that say they run as one; these do not.
 */
export function waitingCalls(
  options: Omit<TasksOptions, 'tools'>,
  mayWait: (tenant: TenantId) => boolean,
): ServerExtension {
  const setup = setUpTasks({ ...options, tools: [] });
  const listen = listenToTasks(setup);
  return {
    extend(server, served) {
      if (served.era === 'modern' && mayWait(served.principal.tenant)) {
        answerCalls(server, served, setup);
        serveTasks(server, setup);
      }
    },
    intercept: async (request, body, principal) =>
      mayWait(principal.tenant) ? await listen(request, body, principal) : undefined,
  };
}
