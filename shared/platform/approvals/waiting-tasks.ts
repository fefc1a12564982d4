import { setTimeout as wait } from 'node:timers/promises';
import type { Principal } from '../identity/principal.ts';
import type { TaskSource, TaskState } from '../mcp/tasks/ports.ts';
import { failure } from '../mcp/tool-answer.ts';
import type { Approvals } from './decide.ts';
import type { StoredApproval } from './record.ts';
import { standingOf } from './standing.ts';

export interface WaitingTasksOptions {
  readonly approvals: Approvals;
  /** How long a call is kept after it is over, in milliseconds. */
  readonly keptMs: number;
  readonly now: () => Date;
}

/** A person decides, so nobody has to look more often. */
const pollIntervalMs = 15_000;
/** Between two looks for whoever listens. */
const lookAgainMs = 2_000;

/** Calls that wait for a second person, as tasks of whoever asked for them. */
export function waitingTasks({ approvals, keptMs, now }: WaitingTasksOptions): TaskSource {
  function toTask(found: StoredApproval): TaskState {
    const { id, record } = found;
    const { sentence } = standingOf(found, now());
    const base = {
      id,
      tool: record.tool,
      createdAt: record.createdAt,
      updatedAt: record.updatedAt,
      ttlMs: Date.parse(record.expiresAt) - Date.parse(record.createdAt) + keptMs,
      pollIntervalMs,
      message: sentence,
    };
    switch (record.state) {
      case 'waiting':
        return { ...base, status: 'working', progress: 0 };
      case 'approved':
        return { ...base, status: 'working', progress: 50 };
      case 'withdrawn':
        return { ...base, status: 'cancelled' };
      case 'done':
        return { ...base, status: 'completed', progress: 100, result: record.answer ?? failure(sentence) };
      default:
        return { ...base, status: 'completed', progress: 100, result: failure(sentence) };
    }
  }

  async function get(id: string, principal: Principal): Promise<TaskState | undefined> {
    const found = await approvals.own(id, principal);
    return found && toTask(found);
  }

  return {
    get,
    async cancel(id, principal) {
      const found = await approvals.withdraw(id, principal);
      return found && toTask(found);
    },
    // No client of a revision that has these tasks asks for a list.
    list: async () => [],
    async *watch(id, principal, signal) {
      let last: string | undefined;
      while (!signal.aborted) {
        const state = await get(id, principal);
        if (state === undefined) {
          return;
        }
        if (state.updatedAt !== last) {
          last = state.updatedAt;
          yield state;
        }
        if (state.status !== 'working') {
          return;
        }
        await wait(lookAgainMs, undefined, { signal }).catch(() => {});
      }
    },
  };
}
