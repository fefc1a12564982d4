import * as z from 'zod';
import { type FollowWords, followJob, followTimeoutMs } from '#platform/jobs/follow';
import type { JobService } from '#platform/jobs/jobs';
import { line } from '#platform/mcp/definitions/inputs';
import { defineTool, type ToolCall } from '../define.ts';
import { books } from '../labels.ts';
import { inventory, stocktakingName } from './job.ts';

const words: FollowWords = {
  cancelled: 'The stocktaking was cancelled; call take_stock again for a new one.',
  goesOn: (task) => `The stocktaking goes on; do not call again, but ask for the result of task ${task}.`,
};

/** @param jobsOf the jobs of the caller's tenant */
export function takeStock(jobsOf: (call: ToolCall) => JobService) {
  return defineTool({
    name: stocktakingName,
    title: 'Take stock of a shelf',
    description:
      'Goes through a shelf, counts the books that belong there and lists those that are overdue. It takes some seconds and reports progress. For a single book call find_books.',
    permission: 'stock.take',
    progress: 'Taking stock',
    timeoutMs: followTimeoutMs,
    expertsMayRun: true,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    labels: books,
    input: z.strictObject({ shelf: line(20, 'Name of the shelf, such as A1.') }),
    output: inventory,
    example: () => ({ shelf: 'A1' }),
    async handler(request, call) {
      const jobs = jobsOf(call);
      const { id } = await jobs.start(request, call.principal, call.correlationId);
      return inventory.parse(await followJob(id, jobs, call, words));
    },
    summary: ({ shelf, books, overdue }) =>
      `Shelf ${shelf}: ${books ?? 'an unknown number of'} books, ${overdue?.length ?? 'an unknown number'} overdue.`,
  });
}
