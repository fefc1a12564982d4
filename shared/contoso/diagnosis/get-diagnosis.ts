import * as z from 'zod';
import { NotFound } from '#platform/errors';
import { followTimeoutMs } from '#platform/jobs/follow';
import type { JobService } from '#platform/jobs/jobs';
import { line } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool, type ToolCall } from '../define.ts';
import { writtenByOthers } from '../labels.ts';
import { report } from './report.ts';
import { followDiagnosis } from './trouble-shoot-device.ts';

/**
 * For experts only: the result of a diagnosis that went on when its question had to be answered.
 * @param jobsOf the jobs of the caller's tenant
 */
export function getDiagnosis(jobsOf: (call: ToolCall) => JobService) {
  return defineTool({
    name: 'get_diagnosis',
    title: 'Read a diagnosis',
    description:
      'Reads the result of a diagnosis that an earlier answer named as still running; waits for its end if there is time. Use it instead of starting the same diagnosis again.',
    permission: 'diagnostics.run',
    progress: 'Reading the diagnosis',
    timeoutMs: followTimeoutMs,
    annotations: readOnly,
    labels: writtenByOthers,
    input: z.strictObject({ task_id: line(128, 'The id of the task, as the earlier answer names it.') }),
    output: report,
    async handler({ task_id: task }, call) {
      const jobs = jobsOf(call);
      if ((await jobs.get(task, call.principal)) === undefined) {
        throw new NotFound('There is no such diagnosis, or it has expired; start a new one.');
      }
      return followDiagnosis(task, jobs, call);
    },
    summary: ({ summary }) => summary,
  });
}
