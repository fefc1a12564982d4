import * as z from 'zod';
import { type FollowWords, followJob, followTimeoutMs } from '#platform/jobs/follow';
import type { JobService } from '#platform/jobs/jobs';
import { id, line, paragraph } from '#platform/mcp/definitions/inputs';
import { defineTool, type ToolCall } from '../define.ts';
import { writtenByOthers } from '../labels.ts';
import { idempotencyKey } from '../tools/changes.ts';
import { diagnosisName } from './job.ts';
import { type Report, report } from './report.ts';

export const diagnosisRequest = z.strictObject({
  detail: paragraph(2000, 'The problem as the customer describes it.'),
  device_name: line(100, 'Name of the device, such as the one on its label.'),
  subscription_id: id(
    'The subscription that the device belongs to; get_customer_detail lists them.',
  ).optional(),
  idempotency_key: idempotencyKey,
});

/** @param jobsOf the jobs of the caller's tenant */
export function troubleShootDevice(jobsOf: (call: ToolCall) => JobService) {
  return defineTool({
    name: diagnosisName,
    title: 'Troubleshoot a device',
    description:
      'Diagnoses a customer’s device in nine steps, from inventory to health checks, restarts its management agent, and returns findings and a summary. It takes about a minute and reports progress. Use it when a customer has a technical problem that the records do not explain; with the subscription_id it looks at service status, incidents, usage and plan as well. Give an idempotency_key so that a repeated call joins the diagnosis instead of starting another.',
    permission: 'diagnostics.run',
    progress: 'Troubleshooting the device',
    timeoutMs: followTimeoutMs,
    expertsMayRun: true,
    annotations: {
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: false,
      openWorldHint: true,
    },
    labels: writtenByOthers,
    // The device is of the customer and answers to this service alone.
    maxAllowedConfidentiality: 'private',
    input: diagnosisRequest,
    output: report,
    example: () => ({ device_name: 'Router', detail: 'It is slow.' }),
    async handler(request, call) {
      const jobs = jobsOf(call);
      const { id: job } = await jobs.start(request, call.principal, call.correlationId);
      return followDiagnosis(job, jobs, call);
    },
    summary: ({ summary }) => summary,
  });
}

/** The report of a job, once it has ended. @throws as {@link followJob} */
export async function followDiagnosis(job: string, jobs: JobService, call: ToolCall): Promise<Report> {
  return report.parse(await followJob(job, jobs, call, words));
}

const words: FollowWords = {
  cancelled: 'The diagnosis was cancelled; call trouble_shoot_device again for a new one.',
  goesOn: (task) =>
    `The diagnosis goes on and this answer cannot wait any longer; do not call again, but ask for the result of task ${task}.`,
};
