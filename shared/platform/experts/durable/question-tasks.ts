import { randomBytes } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Principal } from '../../identity/principal.ts';
import type { JobState } from '../../jobs/job.ts';
import type { JobService } from '../../jobs/jobs.ts';
import type { AnyTool } from '../../mcp/definitions/tool.ts';
import { fromStored, type KeptResult, keptFailure } from '../../mcp/kept-result.ts';
import { jobFailed } from '../../mcp/tasks/job-tasks.ts';
import type { LongTool, TaskSource, TaskState } from '../../mcp/tasks/ports.ts';
import { answerKey } from './answer-turn.ts';
import { questionResult } from './question-job.ts';
import type { RunStore } from './run-store.ts';

export interface QuestionTasksOptions {
  /** Through which experts are asked. */
  readonly tools: readonly AnyTool[];
  /** The questions of the caller's tenant, as jobs. */
  readonly jobs: (principal: Principal) => JobService;
  readonly runsOf: (principal: Principal) => RunStore;
  /** How long a call waits for its answer before it gets a task, in milliseconds. */
  readonly answerWithinMs: number;
}

/** The answers to questions that became tasks. */
export interface TaskAnswers {
  /** Whether it is there, and the client that asked can be asked in turn. */
  asked(id: string, principal: Principal): Promise<boolean>;
  /** Keeps another one in its place. */
  replace(id: string, principal: Principal, answer: CallToolResult): Promise<void>;
}

/** Bytes of a run's id. */
const idBytes = 24;

/** Shows questions to experts as tasks, for clients that take some. */
export function questionTasks({ tools, jobs, runsOf, answerWithinMs }: QuestionTasksOptions): {
  readonly tools: readonly LongTool[];
  readonly source: TaskSource;
  readonly answers: TaskAnswers;
} {
  const withAnswer = async (job: JobState, principal: Principal): Promise<TaskState> => {
    const task = toTask(job);
    return job.status === 'completed' ? { ...task, ...(await answerOf(job, runsOf(principal))) } : task;
  };
  const ifAny = async (job: JobState | undefined, principal: Principal) =>
    job && (await withAnswer(job, principal));
  return {
    tools: tools.map((definition) => ({
      definition,
      answersWithinMs: answerWithinMs,
      async start(input, { principal, correlationId }, { canBeAsked } = { canBeAsked: false }) {
        const run = randomBytes(idBytes).toString('base64url');
        const { name: tool } = definition;
        await runsOf(principal).create(run, { tool, input, principal, correlationId, canBeAsked });
        return toTask(await jobs(principal).start({ run, tool }, principal, correlationId));
      },
    })),
    answers: {
      async asked(id, principal) {
        const job = await jobs(principal).get(id, principal);
        const run = job?.status === 'completed' ? questionResult.parse(job.result).run : undefined;
        return run !== undefined && (await runsOf(principal).readAsked(run))?.canBeAsked === true;
      },
      async replace(id, principal, answer) {
        const job = await jobs(principal).get(id, principal);
        await runsOf(principal).write(questionResult.parse(job?.result).run, answerKey, answer);
      },
    },
    source: {
      get: async (id, principal) => ifAny(await jobs(principal).get(id, principal), principal),
      cancel: async (id, principal) => ifAny(await jobs(principal).cancel(id, principal), principal),
      list: async (principal) => (await jobs(principal).list(principal)).map(toTask),
      async *watch(id, principal, signal, after) {
        for await (const job of jobs(principal).watch(id, principal, signal, after)) {
          yield await withAnswer(job, principal);
        }
      },
    },
  };
}

function toTask({ subject = '', result: _result, ...job }: JobState): TaskState {
  return { ...job, tool: subject, ...(job.status === 'failed' && { error: jobFailed }) };
}

/** The run keeps it for as long as the job is kept, at least. */
async function answerOf({ result }: JobState, runs: RunStore): Promise<KeptResult> {
  const { run, ended } = questionResult.parse(result);
  const answer = ended === 'answered' ? await runs.readEntry(run, answerKey) : undefined;
  return answer === undefined
    ? keptFailure(
        'unavailable',
        'The question could not be answered, because something that it needs did not answer; ask it again in a few minutes.',
      )
    : fromStored(answer as CallToolResult);
}
