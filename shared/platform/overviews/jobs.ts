import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Permission } from '../access/permissions.ts';
import { counted } from '../counted.ts';
import { NotFound } from '../errors.ts';
import { line } from '../mcp/definitions/inputs.ts';
import { type AnyTool, defineTool, endsForGood, readOnly } from '../mcp/definitions/tool.ts';
import type { TaskSource, TaskState } from '../mcp/tasks/ports.ts';
import { sentenceOf } from '../mcp/tool-answer.ts';
import { writtenInTheTenant } from './overview.ts';

const mostListed = 100;

const taskId = line(128, 'The id of the task.');

const shown = {
  task_id: z.string(),
  tool: z.string().describe('Name of the tool that runs.'),
  status: z
    .enum(['working', 'input_required', 'completed', 'failed', 'cancelled'])
    .describe('completed, failed and cancelled are final.'),
  message: z.string().describe('What is being done, or how it ended, in a sentence.'),
  progress: z.number().optional().describe('0 to 100.'),
  started_at: z.string().describe('ISO 8601, UTC.'),
  changed_at: z.string().describe('ISO 8601, UTC.'),
};

const answered = z.object({
  ...shown,
  said: z.string().optional().describe('What the call answered, in a sentence; only when it is completed.'),
  is_error: z.boolean().optional().describe('The call was refused, or failed.'),
  code: z.string().optional().describe('Of the refusal or failure.'),
  data: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What the call answered, by the tool’s schema.'),
});

/** For pages: the caller's own jobs, whether they run or have ended. @param jobs as callers see them; asked for when a page asks */
export function jobOverviews(permission: Permission, jobs: () => TaskSource): readonly AnyTool[] {
  const list = defineTool({
    name: 'list_jobs',
    title: 'List your jobs',
    description:
      'For pages that show its user their jobs: what they started that outlives its call, the newest first, whether it runs or has ended.',
    permission,
    isUnrecorded: true,
    annotations: readOnly,
    labels: writtenInTheTenant,
    input: z.strictObject({}),
    output: z.object({
      jobs: z.array(z.object(shown)),
      more: z.boolean().describe('There are more than are listed.'),
    }),
    async handler(_asked, { principal }) {
      const found = await jobs().list(principal);
      return { jobs: found.slice(0, mostListed).map(shownOf), more: found.length > mostListed };
    },
    summary: ({ jobs: listed }) =>
      listed.length === 0 ? 'You have no jobs.' : `You have ${counted(listed.length, 'job')}.`,
  });

  const read = defineTool({
    name: 'read_job',
    title: 'Read one of your jobs',
    description: 'For pages that show its user their jobs: how one of them is, and what it came to.',
    permission,
    isUnrecorded: true,
    annotations: readOnly,
    labels: writtenInTheTenant,
    input: z.strictObject({ task_id: taskId }),
    output: answered,
    async handler({ task_id }, { principal }) {
      const job = known(await jobs().get(task_id, principal));
      return { ...shownOf(job), ...(job.result && answerOf(job.result, job.code)) };
    },
    summary: ({ message }) => message,
  });

  const cancel = defineTool({
    name: 'cancel_job',
    title: 'Cancel one of your jobs',
    description:
      'For pages that show its user their jobs, after their user agreed: ends one of them. One that has ended stays as it is.',
    permission,
    // it ends work and changes no record
    expertsMayRun: true,
    annotations: endsForGood,
    labels: writtenInTheTenant,
    input: z.strictObject({ task_id: taskId }),
    output: z.object(shown),
    handler: async ({ task_id }, { principal }) => shownOf(known(await jobs().cancel(task_id, principal))),
    summary: ({ message }) => message,
  });
  return [list, read, cancel];
}

function shownOf({ id, tool, status, message = '', progress, createdAt, updatedAt }: TaskState) {
  return {
    ...{ task_id: id, tool, status, message, started_at: createdAt, changed_at: updatedAt },
    ...(progress !== undefined && { progress }),
  };
}

function answerOf(result: CallToolResult, code: string | undefined) {
  const data = result.structuredContent as Record<string, unknown> | undefined;
  return {
    said: sentenceOf(result),
    is_error: result.isError === true,
    ...(code !== undefined && { code }),
    ...(data && { data }),
  };
}

/** @throws NotFound when the caller has no such job, or it has expired */
function known(job: TaskState | undefined): TaskState {
  if (job === undefined) {
    throw new NotFound('You have no such job, or it has expired.');
  }
  return job;
}
