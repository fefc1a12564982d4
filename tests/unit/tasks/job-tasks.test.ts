import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JobState } from '#platform/jobs/job';
import type { JobService } from '#platform/jobs/jobs';
import { unlabelled } from '#platform/mcp/definitions/labels';
import { defineTool, readOnly, type ToolCall } from '#platform/mcp/definitions/tool';
import { jobTasks } from '#platform/mcp/tasks/job-tasks';
import { principalNamed } from '../../integration/tasks/support.ts';

const ada = principalNamed('ada');
const tool = defineTool({
  name: 'look',
  title: 'Look',
  description: 'Looks.',
  permission: 'diagnostics.run',
  input: z.strictObject({ detail: z.string() }),
  output: z.object({ seen: z.string() }),
  annotations: readOnly,
  labels: unlabelled,
  handler: async () => ({ seen: '' }),
  summary: ({ seen }) => seen,
});
const job: JobState = {
  id: 'job',
  status: 'working',
  progress: 40,
  message: 'Looking around.',
  createdAt: '2026-03-15T12:00:00.000Z',
  updatedAt: '2026-03-15T12:00:10.000Z',
  ttlMs: 86_400_000,
  pollIntervalMs: 1000,
};
const done: JobState = { ...job, status: 'completed', progress: 100, result: { seen: 'a cat' } };

function jobsThatAre(states: readonly JobState[]): JobService & { readonly started: unknown[] } {
  const started: unknown[] = [];
  const [first] = states;
  return {
    started,
    start: async (request) => {
      started.push(request);
      return job;
    },
    latest: async () => undefined,
    get: async (id) => (id === job.id ? first : undefined),
    cancel: async (id) => (id === job.id ? first : undefined),
    list: async () => states,
    watch: async function* (_id, _principal, _signal, after = 0) {
      yield* states.filter(({ progress }) => progress > after);
    },
  };
}

function tasksOver(...states: JobState[]) {
  const jobs = jobsThatAre(states);
  const toResult = (result: object) => ({ content: [], structuredContent: { ...result } });
  return { jobs, ...jobTasks({ tool, jobs: () => jobs, toResult }) };
}

describe('jobs as tasks', () => {
  it('start with the input of the call', async () => {
    const { tool: long, jobs } = tasksOver();
    const state = await long.start({ detail: 'slow' }, { principal: ada } as ToolCall);
    expect(jobs.started).toEqual([{ detail: 'slow' }]);
    expect(state).toEqual({ ...job, tool: 'look' });
  });

  it('have the result of the tool when they are complete', async () => {
    const { source } = tasksOver(done);
    const { result, ...rest } = done;
    expect(await source.get('job', ada)).toEqual({
      ...rest,
      tool: 'look',
      result: { content: [], structuredContent: result },
    });
  });

  it('have failed with an error that tells no internals', async () => {
    const { source } = tasksOver({ ...job, status: 'failed', message: 'Step 3.' });
    expect(await source.get('job', ada)).toMatchObject({ status: 'failed', error: { code: -32603 } });
  });

  it('are watched state by state', async () => {
    const { source } = tasksOver(job, done);
    const seen: string[] = [];
    for await (const { status } of source.watch('job', ada, AbortSignal.abort())) {
      seen.push(status);
    }
    expect(seen).toEqual(['working', 'completed']);
    for await (const { status } of source.watch('job', ada, AbortSignal.abort(), 40)) {
      seen.push(status);
    }
    expect(seen).toEqual(['working', 'completed', 'completed']);
  });

  it('are not there when the job is not', async () => {
    const { source } = tasksOver(job);
    expect(await source.get('other', ada)).toBeUndefined();
    expect(await source.cancel('other', ada)).toBeUndefined();
    expect(await source.list(ada)).toHaveLength(1);
  });
});
