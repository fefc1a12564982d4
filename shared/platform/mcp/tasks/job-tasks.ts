import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import type { AnyTool } from '../definitions/tool.ts';
import type { LongTool, TaskSource, TaskState } from './ports.ts';

/** A job as far as tasks show it; see `JobState` of the jobs. */
export interface Job {
  readonly id: string;
  readonly status: 'working' | 'completed' | 'failed' | 'cancelled';
  /** 0 to 100, never falling. */
  readonly progress: number;
  readonly message: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ttlMs: number;
  readonly pollIntervalMs: number;
  /** What a completed job found, by the output schema of its tool. */
  readonly result?: Readonly<Record<string, unknown>>;
}

/** The jobs of one tenant; `undefined` stands for foreign, unknown and expired jobs alike. */
export interface JobService<Request> {
  start(request: Request, principal: Principal, correlationId?: string): Promise<Job>;
  get(id: string, principal: Principal): Promise<Job | undefined>;
  cancel(id: string, principal: Principal): Promise<Job | undefined>;
  list(principal: Principal): Promise<readonly Job[]>;
  watch(id: string, principal: Principal, signal: AbortSignal, after?: number): AsyncIterable<Job>;
}

export interface JobTasksOptions<Request> {
  /** The tool whose calls are jobs; its input is the request. */
  readonly tool: AnyTool;
  readonly jobs: (principal: Principal) => JobService<Request>;
  /** What a call of the tool answers when it finds this. */
  readonly toResult: (result: Readonly<Record<string, unknown>>) => CallToolResult;
}

/** JSON-RPC internal error: a job that failed did so for a reason of ours; what it finds wrong is a result. */
const jobFailed = { code: -32603, message: 'The work ended unexpectedly. Start it again.' };

/** Shows the jobs behind one tool as tasks. Jobs never ask for input. */
export function jobTasks<Request>({ tool, jobs, toResult }: JobTasksOptions<Request>): {
  readonly tool: LongTool;
  readonly source: TaskSource;
} {
  const toTask = ({ progress, message, result, ...job }: Job): TaskState => ({
    ...job,
    tool: tool.name,
    progress,
    message,
    ...(job.status === 'completed' && { result: toResult(result ?? {}) }),
    ...(job.status === 'failed' && { error: jobFailed }),
  });
  const ifAny = (job: Job | undefined) => job && toTask(job);
  return {
    tool: {
      definition: tool,
      start: async (input, { principal, correlationId }) =>
        toTask(await jobs(principal).start(input as Request, principal, correlationId)),
    },
    source: {
      get: async (id, principal) => ifAny(await jobs(principal).get(id, principal)),
      cancel: async (id, principal) => ifAny(await jobs(principal).cancel(id, principal)),
      list: async (principal) => (await jobs(principal).list(principal)).map(toTask),
      watch: async function* (id, principal, signal, after) {
        for await (const job of jobs(principal).watch(id, principal, signal, after)) {
          yield toTask(job);
        }
      },
      answer: async () => {},
    },
  };
}
