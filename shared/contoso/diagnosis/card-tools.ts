import * as z from 'zod';
import { NotFound } from '#platform/errors';
import { stepsDoneAt } from '#platform/jobs/definition';
import { type JobState, jobStatuses } from '#platform/jobs/job';
import type { JobService } from '#platform/jobs/jobs';
import { line } from '#platform/mcp/definitions/inputs';
import { type AnyTool, endsForGood, readOnly } from '#platform/mcp/definitions/tool';
import { defineTool, type ToolCall } from '../define.ts';
import { writtenByOthers } from '../labels.ts';
import { conclusion, report } from './report.ts';
import { soFar } from './so-far.ts';
import { steps } from './steps.ts';
import { diagnosisRequest } from './trouble-shoot-device.ts';

const task_id = line(128, 'The id of the task.');

/** A diagnosis as it is now, whether it runs or has ended. */
export const seenDiagnosis = z.object({
  task_id: z.string(),
  status: z.enum(jobStatuses).describe('working: it runs, or waits to start.'),
  message: z.string().describe('What is being done, or how it ended, in a sentence.'),
  started_at: z.string().describe('ISO 8601, UTC.'),
  steps_done: z.int().describe(`Of ${steps.length}, in their order.`),
  has_begun: z.boolean().describe('Its first step began.'),
  ...soFar.shape,
  conclusion: conclusion.optional().describe('Of a completed diagnosis.'),
});
export type SeenDiagnosis = z.infer<typeof seenDiagnosis>;

/**
 * For the page beside a diagnosis: looks at the caller's own, and ends it.
 * @param jobsOf the jobs of the caller's tenant
 */
export function diagnosisCardTools(jobsOf: (call: ToolCall) => JobService): readonly AnyTool[] {
  const getProgress = defineTool({
    name: 'get_diagnosis_progress',
    title: 'See how far a diagnosis is',
    description:
      'For pages beside a diagnosis: how far one of the caller is and what it found so far, at once. By its task_id, or by the arguments that trouble_shoot_device was called with.',
    permission: 'diagnostics.run',
    isUnrecorded: true,
    annotations: readOnly,
    labels: writtenByOthers,
    input: z.strictObject({
      task_id: task_id.optional(),
      started_with: diagnosisRequest
        .optional()
        .describe('The arguments of the call that started it; without a task_id, it is found by them.'),
    }),
    output: seenDiagnosis,
    async handler({ task_id: task, started_with: request }, call) {
      const { principal } = call;
      if (task !== undefined) {
        return seen(await jobsOf(call).get(task, principal));
      }
      return seen(request && (await jobsOf(call).latest(request, principal)));
    },
    summary: ({ message }) => message,
  });

  const cancel = defineTool({
    name: 'cancel_diagnosis',
    title: 'Cancel a diagnosis',
    description:
      'For pages beside a diagnosis, after their user agreed: ends a diagnosis of the caller. What it found so far stays readable; one that has ended stays as it is.',
    permission: 'diagnostics.run',
    // it ends work and changes no record
    expertsMayRun: true,
    annotations: endsForGood,
    labels: writtenByOthers,
    input: z.strictObject({ task_id }),
    output: seenDiagnosis,
    handler: async ({ task_id: task }, call) => seen(await jobsOf(call).cancel(task, call.principal)),
    summary: ({ message }) => message,
  });
  return [getProgress, cancel];
}

/** @throws NotFound when the caller has no such diagnosis, or it has expired */
function seen(job: JobState | undefined): SeenDiagnosis {
  if (job === undefined) {
    throw new NotFound('You have no such diagnosis, or it has expired.');
  }
  const { id, status, message, createdAt, progress } = job;
  const base = {
    task_id: id,
    ...{ status, message, started_at: createdAt },
    steps_done: stepsDoneAt({ steps }, progress),
    has_begun: progress > 0,
  };
  if (job.result !== undefined) {
    const { findings, actions_taken, ...rest } = report.parse(job.result);
    return { ...base, findings, findings_left_out: 0, actions_taken, conclusion: conclusion.parse(rest) };
  }
  const found = soFar.safeParse(job.soFar).data;
  return { ...base, ...(found ?? { findings: [], findings_left_out: 0, actions_taken: [] }) };
}
