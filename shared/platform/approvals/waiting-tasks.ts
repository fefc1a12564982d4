import { setTimeout as wait } from 'node:timers/promises';
import type { Conflict } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import { fromStored, type KeptResult, keptFailure } from '../mcp/kept-result.ts';
import type { TaskSource, TaskState } from '../mcp/tasks/ports.ts';
import type { Approvals } from './decide.ts';
import type { ApprovalRecord, StoredApproval } from './record.ts';
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

/** Of a call that is made again when it is over. */
const overCode: Conflict['code'] = 'conflict';

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
      default:
        return { ...base, status: 'completed', progress: 100, ...cameTo(record, sentence) };
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

/** What the call that waited answers in the end. What nobody approved is refused as a call is that is made again. */
function cameTo({ state, answer }: ApprovalRecord, sentence: string): KeptResult {
  const kept = answer === null ? undefined : fromStored(answer);
  return state === 'done' && kept !== undefined ? kept : keptFailure(kept?.code ?? overCode, sentence);
}
