import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import type { JobState } from '../../jobs/job.ts';
import type { JobRequest, JobService } from '../../jobs/jobs.ts';
import type { AnyTool } from '../definitions/tool.ts';
import type { LongTool, TaskSource, TaskState } from './ports.ts';

export interface JobTasksOptions {
  /** The tool whose calls are jobs; its input is the request. */
  readonly tool: AnyTool;
  /** The jobs of the caller's tenant. */
  readonly jobs: (principal: Principal) => JobService;
  /** What a call of the tool answers when it finds this. */
  readonly toResult: (result: Readonly<Record<string, unknown>>) => CallToolResult;
}

/** JSON-RPC internal error: a job that failed did so for a reason of ours; what it finds wrong is a result. */
export const jobFailed = { code: -32603, message: 'The work ended unexpectedly. Start it again.' };

/** Shows the jobs behind one tool as tasks. Jobs never ask for input. */
export function jobTasks({ tool, jobs, toResult }: JobTasksOptions): {
  readonly tool: LongTool;
  readonly source: TaskSource;
} {
  const toTask = ({ progress, message, result, ...job }: JobState): TaskState => ({
    ...job,
    tool: tool.name,
    progress,
    message,
    ...(job.status === 'completed' && { result: toResult(result ?? {}) }),
    ...(job.status === 'failed' && { error: jobFailed }),
  });
  const ifAny = (job: JobState | undefined) => job && toTask(job);
  return {
    tool: {
      definition: tool,
      start: async (input, { principal, correlationId }) =>
        toTask(await jobs(principal).start(input as JobRequest, principal, correlationId)),
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
    },
  };
}
